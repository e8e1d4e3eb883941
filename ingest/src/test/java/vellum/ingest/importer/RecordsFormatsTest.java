package vellum.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.ingest.importer.SampleFile.bad;
import static vellum.ingest.importer.SampleFile.expected;
import static vellum.ingest.importer.SampleFile.records;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.RecordId;
import vellum.v1.DetailRecord;

/** Our own CSV and NDJSON. */
final class RecordsFormatsTest {

  private static final String HEAD =
      "{\"record_id\":\"01a1b3ff-bb45-7a98-a9d0-aaa0ac43339f\","
          + "\"startedAt\":\"2026-11-07T03:14:03.717Z\",\"account\":\"a\",\"channel\":\"SMS\"";

  @TempDir Path directory;

  @Test
  void shouldMapAliasesAndPathsOfCsv() throws IOException {
    // given
    String csv =
        """
        foreign_id,started_at,account,channel,country_of_law,sender,recipient,direction,traffic_type,segments,encoding,mcc_mnc,country,client_ref,status,status_group,permanent_is,units,unit_type,sale_price,cost_price,currency,legs[1].supplier,legs[1].version,cost,cost_currency
        """
                .replace("permanent_is", "delivery.permanent")
            + "f-1,2026-11-03T10:15:30.5Z,a,SMS,DE,AcmeBank,+49 171"
            + " 3920055,MT,OTP,2,UCS_2,26201,DE,\"a \"\"b\"\","
            + " c\",DELIVERED,DELIVERED,true,2,SEGMENT,0.104,0.06,EUR,carrier-2,7,0.031,USD\n";
    // when
    List<Row> rows = SampleFile.rows(directory, csv, ImportFormat.CSV);
    // then
    assertThat(bad(rows)).isEmpty();
    assertThat(records(rows))
        .containsExactly(
            expected(
                """
                {"record_id":"%s","started_at":"2026-11-03T10:15:30.5Z","account":"a","channel":"SMS",
                 "country_of_law":"DE","direction":"MT",
                 "submission":{"version":1,"direction":"MT","traffic_type":"OTP",
                  "sender":{"identifiers":[{"kind":"ALPHANUMERIC","value":"AcmeBank"}]},
                  "recipient":{"identifiers":[{"kind":"E164","value":"+491713920055"}]},
                  "country_of_recipient":"DE","mcc_mnc":"26201","client_ref":"a \\"b\\", c",
                  "message":{"segments":2,"encoding":"UCS_2"}},
                 "delivery":{"version":1,"status":"DELIVERED","status_group":"DELIVERED","permanent":true},
                 "rating":{"version":1,"units":2,"unit_type":"SEGMENT","sale_price_nanos":104000000,
                  "cost_price_nanos":60000000,"currency":"EUR"},
                 "legs":[{"version":1,"number":1,"cost_nanos":31000000,"currency":"USD"},
                  {"version":7,"number":2,"supplier":"carrier-2"}]}
                """
                    .formatted(RecordId.derived(1_793_700_930_500L, "a", "f-1"))));
  }

  @Test
  void shouldKeepRowsAfterAQuoteThatIsNeverClosed() throws IOException {
    // given
    String header = "foreign_id,started_at,account,channel,client_ref\n";
    String good = "f,2026-11-03T10:15:30Z,a,SMS,\"two\nlines\"\n";
    // when
    List<Row> rows =
        SampleFile.rows(
            directory,
            header + good + "f,2026-11-03T10:15:30Z,a,SMS,\"open\n" + good + good,
            ImportFormat.CSV);
    // then
    assertThat(records(rows).size() + bad(rows).size()).isEqualTo(rows.size());
    assertThat(records(rows)).isNotEmpty();
    assertThat(bad(rows)).isNotEmpty().allMatch(b -> b.code() == BadRowCode.BAD_CSV);
  }

  @Test
  void shouldRefuseAHeaderItCannotUse() {
    for (String header :
        List.of(
            "started_at,colour",
            "account,account",
            "submission",
            "legs.supplier",
            "rating.units[0]",
            "legs[99].supplier",
            "submission.sender.identifiers.value",
            "a.b.c.d.e.f.g.h.i.j",
            "")) {
      assertThatThrownBy(
              () -> SampleFile.rows(directory, header + "\nx,y\n", ImportFormat.CSV), header)
          .isInstanceOf(ImportException.BadHeader.class);
    }
  }

  @Test
  void shouldRefuseARowWithTheDetailsOfTwoChannels() throws IOException {
    // when
    List<Row> rows =
        SampleFile.rows(
            directory,
            """
            foreign_id,started_at,account,channel,segments,submission.call.call_id
            f,2026-11-03T10:15:30Z,a,SMS,1,c
            """,
            ImportFormat.CSV);
    // then
    assertThat(bad(rows)).extracting(Row.Bad::field).containsExactly("submission.call.call_id");
  }

  @Test
  void shouldTakeTheProtobufJsonMapping() throws IOException {
    // when
    List<Row> rows =
        SampleFile.rows(
            directory,
            "\uFEFF"
                + HEAD
                + ",\"submission\":{\"version\":\"1\",\"mccMnc\":\"26201\"}}\r\n\n"
                + HEAD
                + ",\"rating\":{\"version\":1,\"sale_price_nanos\":-5,\"currency\":\"EUR\"}}",
            ImportFormat.NDJSON);
    // then
    assertThat(bad(rows)).isEmpty();
    assertThat(rows).extracting(Row::line).containsExactly(1L, 3L);
    assertThat(records(rows).get(0).getSubmission().getMccMnc()).isEqualTo("26201");
    assertThat(records(rows).get(1).getRating().getSalePriceNanos()).isEqualTo(-5);
  }

  @Test
  void shouldRefuseWhatIsNotStrictlyTheMapping() throws IOException {
    for (String tail :
        List.of(
            ",\"account\":\"b\"}", // twice
            "} trailing",
            ",/* comment */\"country_of_law\":\"DE\"}",
            ",'country_of_law':'DE'}",
            ",\"submission\":{\"version\":1.5}}",
            ",\"submission\":[]}",
            ",\"legs\":{}}",
            ",\"submission\":{\"sender\":" + "{\"identifiers\":[".repeat(40) + "}}",
            ",\"submission\":{\"49171392005\":1}}")) {
      List<Row> rows = SampleFile.rows(directory, HEAD + tail, ImportFormat.NDJSON);
      assertThat(bad(rows)).as(tail).hasSize(1);
      assertThat(bad(rows).get(0).toString()).doesNotContain("49171392005");
    }
  }

  @Test
  void shouldNotKeepALineThatIsTooLong() throws IOException {
    // given
    String longLine = HEAD + ",\"country_of_law\":\"" + "x".repeat(70_000) + "\"}";
    // when
    List<Row> rows =
        SampleFile.rows(
            directory,
            longLine + "\n" + HEAD + ",\"delivery\":{\"version\":1}}\n" + longLine,
            ImportFormat.NDJSON);
    // then
    assertThat(bad(rows)).extracting(Row.Bad::code).containsOnly(BadRowCode.ROW_TOO_LARGE);
    assertThat(bad(rows)).extracting(Row.Bad::line).containsExactly(1L, 3L);
    assertThat(rows.get(0).raw().length()).isLessThan(300);
    assertThat(records(rows)).hasSize(1);
  }

  @Test
  void shouldRefuseBytesThatAreNotUtf8() throws IOException {
    // given
    Path file = directory.resolve("latin1");
    Files.write(
        file, (HEAD + ",\"country_of_law\":\"\u00e9\"}\n").getBytes(StandardCharsets.ISO_8859_1));
    // when
    List<Row> rows = SampleFile.rows(file, new ImportOptions(ImportFormat.NDJSON, null));
    // then
    assertThat(bad(rows)).extracting(Row.Bad::code).containsExactly(BadRowCode.BAD_TEXT);
  }

  @Test
  void shouldDeriveTheSameIdFromTheSameForeignId() throws IOException {
    // given
    String line =
        "{\"foreign_id\":\"order-7\",\"started_at\":\"2026-11-07T03:14:03.717Z\",\"channel\":\"SMS\"}";
    Path file = Files.writeString(directory.resolve("f"), line + "\n" + line);
    // when
    List<DetailRecord> records = records(SampleFile.rows(file, new ImportOptions(null, "acct-1")));
    // then
    assertThat(records).hasSize(2);
    assertThat(records.get(0)).isEqualTo(records.get(1));
    assertThat(records.get(0).getRecordId())
        .isEqualTo(RecordId.derived(1_794_021_243_717L, "acct-1", "order-7").toString());
  }
}
