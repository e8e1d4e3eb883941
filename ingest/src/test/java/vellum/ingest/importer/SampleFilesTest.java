package vellum.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.ingest.importer.SampleFile.bad;
import static vellum.ingest.importer.SampleFile.records;
import static vellum.ingest.importer.SampleFile.rows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vellum.ingest.demo.SchemaRules;
import vellum.v1.DetailRecord;

final class SampleFilesTest {

  @ParameterizedTest
  @CsvSource({
    "records.ndjson, NDJSON, 30",
    "records.csv, CSV, 30",
    "infobip-sms-logs.json, INFOBIP, 30",
    "infobip-sms-reports.json, INFOBIP, 24",
    "infobip-email-reports.json, INFOBIP, 26",
    "infobip-calls.json, INFOBIP, 24",
    "twilio-messages.json, TWILIO, 32",
    "twilio-calls.json, TWILIO, 24",
    "vonage-sms.csv, VONAGE, 30",
    "vonage-records.json, VONAGE, 28"
  })
  void shouldMapEveryRowOfAGoodFile(String name, ImportFormat format, int count)
      throws IOException {
    // given
    Path file = SampleFile.of(name);
    // when
    List<Row> rows = rows(file, ImportOptions.detect());
    // then
    assertThat(bad(rows)).isEmpty();
    assertThat(records(rows)).hasSize(count);
    assertThat(records(rows)).allSatisfy(r -> assertThat(SchemaRules.broken(r)).isEmpty());
    assertThat(rows(file, new ImportOptions(format, null))).isEqualTo(rows);
    assertThat(rows).extracting(Row::line).isSorted().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "records-bad.ndjson | 2 | 2 UNKNOWN_FIELD colour, 3 BAD_VALUE submission.direction,"
            + " 4 MISSING_TIME started_at, 5 BAD_VALUE rating.units, 6 ID_TIME_MISMATCH record_id,"
            + " 7 BAD_JSON , 8 BAD_JSON , 9 MISSING_ID record_id, 10 MISSING_ACCOUNT account",
        "records-bad.csv | 2 | 3 BAD_AMOUNT sale_price, 4 BAD_ADDRESS recipient,"
            + " 5 BAD_VALUE rating.units, 6 BAD_TIME started_at, 7 MISSING_ID record_id,"
            + " 8 BAD_VALUE channel, 9 BAD_CSV , 10 BAD_CSV ",
        "infobip-sms-bad.json | 2 | 40 MISSING_FIELD messageId, 76 BAD_TIME sentAt,"
            + " 113 BAD_AMOUNT price.pricePerMessage, 150 UNKNOWN_CURRENCY price.currency,"
            + " 187 BAD_MCC_MNC mccMnc, 224 MISSING_ACCOUNT platform.entityId,"
            + " 257 NEGATIVE_VALUE messageCount, 294 BAD_JSON ",
        "twilio-messages-bad.json | 2 | 31 BAD_TIME date_created, 51 MISSING_FIELD to,"
            + " 71 BAD_AMOUNT price, 91 UNKNOWN_CURRENCY price_unit, 111 MISSING_FIELD sid,"
            + " 130 NOT_STARTED start_time, 151 BAD_ADDRESS to",
        "vonage-bad.csv | 2 | 3 BAD_TIME date_received, 4 BAD_ADDRESS to,"
            + " 5 BAD_AMOUNT total_price, 6 BAD_MCC_MNC network, 7 MISSING_ACCOUNT account_id"
      })
  void shouldNameLineFieldAndReasonOfEachBadRow(String name, int good, String expected)
      throws IOException {
    // when
    List<Row> rows = rows(SampleFile.of(name.trim()), ImportOptions.detect());
    // then
    List<String> found =
        bad(rows).stream().map(b -> (b.line() + " " + b.code() + " " + b.field()).trim()).toList();
    assertThat(found).containsExactly(expected.trim().split("\\s*,\\s*"));
    assertThat(records(rows)).hasSize(good);
    assertThat(bad(rows)).allSatisfy(b -> assertThat(b.reason()).isNotEmpty());
  }

  @Test
  void shouldNotAskForAMailAddressInAFileOfTextMessages() throws IOException {
    assertThat(bad(rows(SampleFile.of("vonage-bad.csv"), ImportOptions.detect())))
        .filteredOn(row -> row.line() == 4)
        .extracting(Row.Bad::reason)
        .containsExactly("not a telephone number");
  }

  @Test
  void shouldReplaceAPendingLogByItsLaterReport() throws IOException {
    // given
    Map<String, DetailRecord> logs = new HashMap<>();
    records(rows(SampleFile.of("infobip-sms-logs.json"), ImportOptions.detect()))
        .forEach(r -> logs.put(r.getRecordId(), r));
    // when
    List<DetailRecord> reports =
        records(rows(SampleFile.of("infobip-sms-reports.json"), ImportOptions.detect()));
    // then
    List<DetailRecord> again =
        reports.stream().filter(r -> logs.containsKey(r.getRecordId())).toList();
    assertThat(again)
        .hasSize(4)
        .allSatisfy(
            report -> {
              DetailRecord log = logs.get(report.getRecordId());
              assertThat(report.getStartedAt()).isEqualTo(log.getStartedAt());
              assertThat(report.getAccount()).isEqualTo(log.getAccount());
              assertThat(report.getDelivery().getVersion())
                  .isGreaterThan(log.getDelivery().getVersion());
              assertThat(report.getSubmission().getVersion())
                  .isNotEqualTo(log.getSubmission().getVersion());
            });
  }
}
