package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;
import vellum.ingest.export.ExportQuestion;
import vellum.ingest.export.ExportRun;
import vellum.v1.DetailRecord;

/** An export of records before and after their month is stripped of identities. */
final class ArchivedExportTest {

  private static final Instant NOVEMBER = Instant.parse("2025-11-01T00:00:00Z");
  private static final Instant DECEMBER = Instant.parse("2025-12-01T00:00:00Z");
  private static final Instant STRIPPED = Instant.parse("2026-12-01T00:01:00Z");
  private static final int RECORDS = 2_000;

  @TempDir private Path home;

  @Test
  void shouldComeToTheSameOnceRecordsAreArchived() throws Exception {
    try (OracleRig rig = new OracleRig(home, NOVEMBER.plus(Duration.ofDays(1)))) {
      // given
      rig.clock.moveTo(DECEMBER.minusSeconds(60));
      rig.send(messages());
      JsonNode live = export(rig, "csv", "live");
      // when
      rig.moveTo(STRIPPED);
      // then
      for (String format : List.of("csv", "ndjson", "parquet")) {
        JsonNode archived = export(rig, format, "archived-" + format);
        assertThat(archived.path("months").get(0).path("owner").asText()).isEqualTo("archive");
        assertThat(archived.path("columns")).isEqualTo(live.path("columns"));
        JsonNode sums = archived.path("control");
        assertThat(sums.path("rows").asLong()).isPositive();
        for (String field : List.of("rows", "sums", "amounts")) {
          assertThat(sums.path(field)).isEqualTo(live.path("control").path(field));
        }
      }
      assertThat(Files.readString(home.resolve("live/records-00001.csv")).split(",", -1))
          .contains("record_id");
      List<String> lines = Files.readAllLines(home.resolve("archived-csv/records-00001.csv"));
      assertThat(lines.subList(1, lines.size()))
          .allMatch(line -> line.split(",", -1)[2].isEmpty())
          .allMatch(line -> line.split(",", -1)[1].endsWith(".000000Z"));
    }
  }

  private static Iterator<DetailRecord> messages() {
    TrafficGenerator traffic =
        new TrafficGenerator(
            GeneratorOptions.of(11, RECORDS, NOVEMBER, DECEMBER)
                .withAccounts(20)
                .withSubscribers(1_000));
    List<DetailRecord> all = new ArrayList<>();
    while (traffic.next()) {
      all.add(traffic.record());
    }
    return all.iterator();
  }

  private JsonNode export(OracleRig rig, String format, String into) throws Exception {
    Path directory = home.resolve(into);
    LocalDate from = LocalDate.of(2025, 10, 30);
    ExportQuestion question =
        ExportQuestion.records(from, LocalDate.of(2025, 12, 3), "", format, 0);
    new ExportRun(rig.calls(), question, directory, (permille, rows) -> {})
        .make(ExportRun.Existing.REFUSE);
    return new JsonMapper().readTree(directory.resolve("manifest.json").toFile());
  }
}
