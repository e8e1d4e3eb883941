package vellum.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.ingest.importer.SampleFile.bad;
import static vellum.ingest.importer.SampleFile.expected;
import static vellum.ingest.importer.SampleFile.records;
import static vellum.ingest.importer.SampleFile.withoutVersions;

import com.google.protobuf.util.Timestamps;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Direction;
import vellum.v1.StatusGroup;

final class VonageRowsTest {

  private static final String EXPECTED =
      """
      {"started_at":"2026-11-03T10:15:30Z","account":"abcd1234","channel":"SMS","direction":"MT",
       "submission":{"direction":"MT","sender":{"identifiers":[{"kind":"ALPHANUMERIC","value":"AcmeBank"}]},
        "recipient":{"identifiers":[{"kind":"E164","value":"+33639981234"}]},
        "country_of_recipient":"FR","mcc_mnc":"20801","client_ref":"ref, \\"7\\""},
       "delivery":{"status_group":"UNDELIVERABLE","status":"failed","error_group":"HANDSET","error_code":"2",
        "sent_at":"2026-11-03T10:15:30Z","done_at":"2026-11-03T10:15:35Z"},
       "rating":{"units":1,"unit_type":"SEGMENT","sale_price_nanos":33300000,"currency":"EUR"},
       "legs":[{"number":1,"supplier":"vonage","mcc_mnc":"20801","supplier_message_id":"0A1",
        "supplier_status":"failed","status_group":"UNDELIVERABLE","units":1,"unit_type":"SEGMENT",
        "sent_at":"2026-11-03T10:15:30Z","done_at":"2026-11-03T10:15:35Z"}]}
      """;

  @TempDir Path directory;

  @Test
  void shouldMapEveryFieldOfACsvRow() throws IOException {
    // when
    DetailRecord record =
        only(
            """
            account_id,message_id,client_ref,direction,from,to,network,country,date_received,date_finalized,status,error_code,total_price,currency,message_body
            abcd1234,0A1,"ref, ""7""\",outbound,AcmeBank,33639981234,20801,FR,2026-11-03 10:15:30,2026-11-03 10:15:35,failed,2,0.03330000,EUR,"two
            lines"
            """);
    // then
    assertThat(withoutVersions(record)).isEqualTo(expected(EXPECTED));
  }

  @Test
  void shouldMapTheSameFieldsOfAJsonRow() throws IOException {
    // when
    DetailRecord record =
        only(
            """
            {"request_id":"r","records":[{"account_id":"abcd1234","message_id":"0A1",
             "client_ref":"ref, \\"7\\"","direction":"outbound","from":"AcmeBank","to":"33639981234",
             "network":"20801","country":"FR","date_received":"2026-11-03T10:15:30+0000",
             "date_finalized":"2026-11-03T11:15:35+01:00","status":"failed","error_code":"2",
             "total_price":"0.03330000","currency":"EUR"}],"items_count":1}
            """);
    // then
    assertThat(withoutVersions(record)).isEqualTo(expected(EXPECTED));
  }

  @Test
  void shouldMapCallsAndInboundChats() throws IOException {
    // given
    String json =
        """
        {"records":[{"account_id":"abcd1234","call_id":"c","direction":"outbound","from":"12025550123",
         "to":"33639981234","network":"20801","date_start":"2026-11-03T10:15:30.250Z",
         "date_end":"2026-11-03T10:15:41Z","duration":"10.5","status":"completed","total_price":"0.1",
         "currency":"EUR"},
        {"account_id":"abcd1234","message_id":"m","provider":"whatsapp","direction":"inbound",
         "from":"33639981234","to":"12025550123","country":"FR","date_received":"2026-11-03T10:15:30Z",
         "status":"read"}]}
        """;
    // when
    var records = records(SampleFile.rows(directory, json, ImportFormat.VONAGE));
    // then
    DetailRecord call = records.get(0);
    assertThat(call.getChannel()).isEqualTo(Channel.VOICE);
    assertThat(Timestamps.toMillis(call.getStartedAt())).isEqualTo(1_793_700_930_250L);
    assertThat(call.getDelivery().getCall().getDurationMs()).isEqualTo(10_500);
    assertThat(call.getRating().getUnits()).isEqualTo(11);
    assertThat(call.getSubmission().getCall().getCallId()).isEqualTo("c");
    DetailRecord chat = records.get(1);
    assertThat(chat.getChannel()).isEqualTo(Channel.WHATSAPP);
    assertThat(chat.getSubmission().getDirection()).isEqualTo(Direction.MO);
    assertThat(chat.getSubmission().getCountryOfSender()).isEqualTo("FR");
    assertThat(chat.getDelivery().getStatusGroup()).isEqualTo(StatusGroup.DELIVERED);
    assertThat(chat.hasRating()).isFalse();
  }

  private DetailRecord only(String text) throws IOException {
    var rows = SampleFile.rows(directory, text, ImportFormat.VONAGE);
    assertThat(bad(rows)).isEmpty();
    assertThat(rows).hasSize(1);
    return records(rows).get(0);
  }
}
