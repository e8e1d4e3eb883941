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
import vellum.v1.StatusGroup;

final class InfobipRowsTest {

  private static final String SMS =
      """
      {"results":[{"bulkId":"bulk-7","messageId":"m-1","sender":"AcmeBank",
       "destination":"49 171 39200-55","content":{"text":"secret"},
       "sentAt":"2026-11-03T10:15:30.123+0000","doneAt":"2026-11-03T07:15:32.500-0300",
       "messageCount":3,"mccMnc":"26201","price":{"pricePerMessage":0.0125,"currency":"EUR"},
       "status":{"groupId":2,"groupName":"UNDELIVERABLE","id":9,"name":"UNDELIVERABLE_NOT_DELIVERED"},
       "error":{"groupId":1,"groupName":"HANDSET_ERRORS","name":"EC_UNKNOWN_SUBSCRIBER","permanent":true},
       "platform":{"entityId":"retail","applicationId":"otp"},
       "campaignReferenceId":"autumn","callbackData":"order 7"}]}
      """;

  @TempDir Path directory;

  @Test
  void shouldMapEveryFieldOfAnSmsLog() throws IOException {
    // when
    DetailRecord record = only(SMS);
    // then
    assertThat(withoutVersions(record))
        .isEqualTo(
            expected(
                """
                {"started_at":"2026-11-03T10:15:30.123Z","account":"retail","channel":"SMS","direction":"MT",
                 "submission":{"direction":"MT","application":"otp","campaign":"autumn","bulk_id":"bulk-7",
                  "sender":{"identifiers":[{"kind":"ALPHANUMERIC","value":"AcmeBank"}]},
                  "recipient":{"identifiers":[{"kind":"E164","value":"+491713920055"}]},
                  "country_of_recipient":"DE","mcc_mnc":"26201","number_range":"mobile",
                  "callback_data":"order 7","message":{"segments":3}},
                 "delivery":{"status_group":"UNDELIVERABLE","status":"UNDELIVERABLE_NOT_DELIVERED",
                  "error_group":"HANDSET","error_code":"EC_UNKNOWN_SUBSCRIBER","permanent":true,
                  "sent_at":"2026-11-03T10:15:30.123Z","done_at":"2026-11-03T10:15:32.500Z"},
                 "rating":{"units":3,"unit_type":"SEGMENT","sale_price_nanos":37500000,"currency":"EUR"},
                 "legs":[{"number":1,"supplier":"infobip","mcc_mnc":"26201","supplier_message_id":"m-1",
                  "supplier_status":"UNDELIVERABLE_NOT_DELIVERED","status_group":"UNDELIVERABLE",
                  "units":3,"unit_type":"SEGMENT",
                  "sent_at":"2026-11-03T10:15:30.123Z","done_at":"2026-11-03T10:15:32.500Z"}]}
                """));
    assertThat(record.getRecordId())
        .isEqualTo(RecordId.derived(1_793_700_930_123L, "retail", "m-1").toString());
    assertThat(record.getDelivery().getVersion()).isEqualTo(1_793_700_932_500L << 2 | 3);
    assertThat(record.getRating().getVersion()).isEqualTo(record.getDelivery().getVersion());
    assertThat(record.getSubmission().getVersion()).isPositive();
    assertThat(record.toString()).doesNotContain("secret");
  }

  @Test
  void shouldReadTheOlderFieldNamesAlike() throws IOException {
    // given
    String older =
        SMS.replace("\"sender\"", "\"from\"")
            .replace("\"destination\"", "\"to\"")
            .replace("messageCount", "smsCount");
    // when, then
    assertThat(only(older)).isEqualTo(only(SMS));
  }

  @Test
  void shouldChargeTheAccountOfTheOption() throws IOException {
    // given
    Path file = java.nio.file.Files.writeString(directory.resolve("f"), SMS);
    // when
    DetailRecord record = records(SampleFile.rows(file, new ImportOptions(null, "acct-1"))).get(0);
    // then
    assertThat(record.getAccount()).isEqualTo("acct-1");
    assertThat(record.getSubmission().getSubAccount()).isEqualTo("retail");
  }

  @Test
  void shouldMapEveryFieldOfAnEmailReport() throws IOException {
    // when
    DetailRecord record =
        only(
            """
            {"results":[{"bulkId":"b","messageId":"e-1","to":"Anna.Novak@Mail.example",
             "from":"Parcel Go <news@parcelgo.example>",
             "sentAt":"2026-11-04T00:00:00.000+0000","doneAt":"2026-11-04T00:00:01.000+0000",
             "messageCount":1,"price":{"pricePerMessage":0.0005,"currency":"EUR"},
             "status":{"groupName":"DELIVERED","name":"DELIVERED_TO_HANDSET"},
             "error":{"groupName":"OK","name":"NO_ERROR","permanent":false},
             "attemptCount":2,"timeToFirstAttempt":140,"sendingIp":"192.0.2.7",
             "applicationId":"news"}]}
            """);
    // then
    assertThat(withoutVersions(record))
        .isEqualTo(
            expected(
                """
                {"started_at":"2026-11-04T00:00:00Z","account":"news","channel":"EMAIL","direction":"MT",
                 "submission":{"direction":"MT","application":"news","bulk_id":"b",
                  "sender":{"identifiers":[{"kind":"EMAIL_ADDRESS","value":"news@parcelgo.example"}]},
                  "recipient":{"identifiers":[{"kind":"EMAIL_ADDRESS","value":"anna.novak@mail.example"}]},
                  "email":{"recipient_domain":"mail.example","sending_ip":"192.0.2.7"}},
                 "delivery":{"status_group":"DELIVERED","status":"DELIVERED_TO_HANDSET","error_group":"OK",
                  "error_code":"NO_ERROR","attempts":2,"sent_at":"2026-11-04T00:00:00Z",
                  "done_at":"2026-11-04T00:00:01Z","email":{"time_to_first_attempt_ms":140}},
                 "rating":{"units":1,"unit_type":"MESSAGE","sale_price_nanos":500000,"currency":"EUR"},
                 "legs":[{"number":1,"supplier":"infobip","supplier_message_id":"e-1",
                  "supplier_status":"DELIVERED_TO_HANDSET","status_group":"DELIVERED","units":1,
                  "unit_type":"MESSAGE","sent_at":"2026-11-04T00:00:00Z","done_at":"2026-11-04T00:00:01Z"}]}
                """));
  }

  @Test
  void shouldMapEveryFieldOfACall() throws IOException {
    // when
    DetailRecord record =
        only(
            """
            {"results":[{"callId":"c-1","from":"442079460123","to":"447700900123","direction":"INBOUND",
             "state":"FINISHED","startTime":"2026-11-05T09:00:00.000+0000",
             "answerTime":"2026-11-05T09:00:07.000+0000","endTime":"2026-11-05T09:01:07.000+0000",
             "parentCallId":"c-0","duration":60,"ringDuration":7,
             "price":{"pricePerSecond":0.00025,"currency":"EUR"},"hangupSource":"CALLEE",
             "errorCode":{"id":10000,"name":"NORMAL_HANGUP"},
             "platform":{"entityId":"retail","applicationId":"callback"}}]}
            """);
    // then
    assertThat(withoutVersions(record))
        .isEqualTo(
            expected(
                """
                {"started_at":"2026-11-05T09:00:00Z","account":"retail","channel":"VOICE","direction":"MO",
                 "submission":{"direction":"MO","application":"callback",
                  "sender":{"identifiers":[{"kind":"E164","value":"+442079460123"}]},
                  "recipient":{"identifiers":[{"kind":"E164","value":"+447700900123"}]},
                  "country_of_sender":"GB",
                  "call":{"call_id":"c-1","parent_call_id":"c-0"}},
                 "delivery":{"status_group":"DELIVERED","status":"FINISHED","error_code":"NORMAL_HANGUP",
                  "sent_at":"2026-11-05T09:00:00Z","done_at":"2026-11-05T09:01:07Z",
                  "call":{"answered_at":"2026-11-05T09:00:07Z","ended_at":"2026-11-05T09:01:07Z",
                   "duration_ms":60000,"ring_duration_ms":7000,"hangup_source":"CALLEE"}},
                 "rating":{"units":60,"unit_type":"SECOND","sale_price_nanos":15000000,"currency":"EUR",
                  "billed_duration_ms":60000},
                 "legs":[{"number":1,"supplier":"infobip","supplier_message_id":"c-1",
                  "supplier_status":"FINISHED","status_group":"DELIVERED","units":60,"unit_type":"SECOND",
                  "sent_at":"2026-11-05T09:00:00Z","done_at":"2026-11-05T09:01:07Z"}]}
                """));
  }

  @Test
  void shouldKeepTheWordOfAStatusItDoesNotKnow() throws IOException {
    // when
    DetailRecord record =
        only(SMS.replace("\"UNDELIVERABLE\"", "\"MISLAID\"").replace("_NOT_DELIVERED", "_MISLAID"));
    // then
    assertThat(record.getDelivery().getStatus()).isEqualTo("UNDELIVERABLE_MISLAID");
    assertThat(record.getDelivery().getStatusGroup())
        .isEqualTo(StatusGroup.STATUS_GROUP_UNSPECIFIED);
  }

  @Test
  void shouldNotRateAFreeMessageOfUnknownCurrency() throws IOException {
    // when
    DetailRecord record =
        only(SMS.replace("0.0125,\"currency\":\"EUR\"", "0,\"currency\":\"UNKNOWN\""));
    // then
    assertThat(record.hasRating()).isFalse();
  }

  @Test
  void shouldTakeTheChannelTheRowNames() throws IOException {
    assertThat(
            only(SMS.replace("{\"bulkId\"", "{\"channel\":\"WHATSAPP\",\"bulkId\"")).getChannel())
        .isEqualTo(Channel.WHATSAPP);
  }

  private DetailRecord only(String json) throws IOException {
    var rows = SampleFile.rows(directory, json, ImportFormat.INFOBIP);
    assertThat(bad(rows)).isEmpty();
    assertThat(rows).hasSize(1);
    return records(rows).get(0);
  }
}
