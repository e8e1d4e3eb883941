package vellum.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.ingest.importer.SampleFile.bad;
import static vellum.ingest.importer.SampleFile.expected;
import static vellum.ingest.importer.SampleFile.records;
import static vellum.ingest.importer.SampleFile.withoutVersions;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.RecordId;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.IdentifierKind;

final class TwilioRowsTest {

  private static final String MESSAGE =
      """
      {"sid":"SM1","account_sid":"AC1","messaging_service_sid":"MG1","from":"+12025550123",
       "to":"+447700900123","body":"secret","num_segments":"2","num_media":"0",
       "direction":"outbound-api","status":"undelivered","error_code":30003,"price":"-0.00750",
       "price_unit":"usd","date_created":"Tue, 03 Nov 2026 10:15:30 +0000",
       "date_sent":"Tue, 03 Nov 2026 10:15:31 +0000","date_updated":"Tue, 03 Nov 2026 10:16:00 +0000"}\
      """
          .replace("\n", "");

  @TempDir Path directory;

  @Test
  void shouldMapEveryFieldOfAMessage() throws IOException {
    // when
    DetailRecord record = only("{\"messages\":[" + MESSAGE + "]}");
    // then
    assertThat(withoutVersions(record))
        .isEqualTo(
            expected(
                """
                {"started_at":"2026-11-03T10:15:30Z","account":"AC1","channel":"SMS","direction":"MT",
                 "submission":{"direction":"MT","application":"MG1",
                  "sender":{"identifiers":[{"kind":"E164","value":"+12025550123"}]},
                  "recipient":{"identifiers":[{"kind":"E164","value":"+447700900123"}]},
                  "country_of_sender":"US","message":{"segments":2}},
                 "delivery":{"status_group":"UNDELIVERABLE","status":"undelivered","error_group":"HANDSET",
                  "error_code":"30003","sent_at":"2026-11-03T10:15:31Z"},
                 "rating":{"units":2,"unit_type":"SEGMENT","sale_price_nanos":7500000,"currency":"USD"},
                 "legs":[{"number":1,"supplier":"twilio","supplier_message_id":"SM1",
                  "supplier_status":"undelivered","status_group":"UNDELIVERABLE","units":2,
                  "unit_type":"SEGMENT","sent_at":"2026-11-03T10:15:31Z"}]}
                """));
    assertThat(record.getRecordId())
        .isEqualTo(RecordId.derived(1_793_700_930_000L, "AC1", "SM1").toString());
    assertThat(record.getDelivery().getVersion()).isEqualTo(1_793_700_960_000L << 2 | 3);
  }

  @Test
  void shouldReadABareArrayAndAnObjectALineAlike() throws IOException {
    // given
    DetailRecord wrapped = only("{\"messages\":[" + MESSAGE + "]}");
    // when, then
    assertThat(only("[" + MESSAGE + "]")).isEqualTo(wrapped);
    assertThat(only(MESSAGE)).isEqualTo(wrapped);
    assertThat(records(SampleFile.rows(directory, MESSAGE + "\n\n" + MESSAGE, ImportFormat.TWILIO)))
        .containsExactly(wrapped, wrapped);
  }

  @Test
  void shouldTellWhatsAppByItsAddresses() throws IOException {
    // when
    DetailRecord record =
        only(
            MESSAGE
                .replace("\"+12025550123\"", "\"whatsapp:+12025550123\"")
                .replace("\"+447700900123\"", "\"whatsapp:+447700900123\""));
    // then
    assertThat(record.getChannel()).isEqualTo(Channel.WHATSAPP);
    assertThat(record.getSubmission().getRecipient().getIdentifiers(0).getKind())
        .isEqualTo(IdentifierKind.E164);
    assertThat(record.getSubmission().getRecipient().getIdentifiers(0).getValue())
        .isEqualTo("+447700900123");
  }

  @Test
  void shouldMapEveryFieldOfACall() throws IOException {
    // when
    DetailRecord record =
        only(
            """
            {"calls":[{"sid":"CA2","parent_call_sid":"CA1","account_sid":"AC1","from":"+447700900123",
             "to":"sip:alice@voice.example","forwarded_from":"+12125550155","caller_name":"JANE DOE",
             "date_created":"Tue, 03 Nov 2026 10:15:30 +0000",
             "start_time":"Tue, 03 Nov 2026 10:15:31 +0000","end_time":"Tue, 03 Nov 2026 10:16:31 +0000",
             "duration":"60","direction":"inbound","status":"completed","price":"-0.0140",
             "price_unit":"USD"}]}
            """);
    // then
    assertThat(withoutVersions(record))
        .isEqualTo(
            expected(
                """
                {"started_at":"2026-11-03T10:15:31Z","account":"AC1","channel":"VOICE","direction":"MO",
                 "submission":{"direction":"MO",
                  "sender":{"identifiers":[{"kind":"E164","value":"+447700900123"}]},
                  "recipient":{"identifiers":[{"kind":"SIP_URI","value":"sip:alice@voice.example"}]},
                  "forwarded_from":{"identifiers":[{"kind":"E164","value":"+12125550155"}]},
                  "caller_name":"JANE DOE","call":{"call_id":"CA2","parent_call_id":"CA1"}},
                 "delivery":{"status_group":"DELIVERED","status":"completed",
                  "sent_at":"2026-11-03T10:15:31Z","done_at":"2026-11-03T10:16:31Z",
                  "call":{"ended_at":"2026-11-03T10:16:31Z","duration_ms":60000}},
                 "rating":{"units":60,"unit_type":"SECOND","sale_price_nanos":14000000,"currency":"USD"},
                 "legs":[{"number":1,"supplier":"twilio","supplier_message_id":"CA2",
                  "supplier_status":"completed","status_group":"DELIVERED","units":60,"unit_type":"SECOND",
                  "sent_at":"2026-11-03T10:15:31Z","done_at":"2026-11-03T10:16:31Z"}]}
                """));
  }

  private DetailRecord only(String json) throws IOException {
    var rows = SampleFile.rows(directory, json, ImportFormat.TWILIO);
    assertThat(bad(rows)).isEmpty();
    assertThat(rows).hasSize(1);
    return records(rows).get(0);
  }
}
