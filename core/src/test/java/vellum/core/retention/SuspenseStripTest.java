package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.seal.TestRecords;
import vellum.core.suspense.SuspendedRow;
import vellum.core.suspense.SuspenseFilter;
import vellum.core.suspense.SuspenseReader;
import vellum.v1.DetailRecord;

/** What is in suspense ends as everything else does: by the month's key, or by its own limit. */
final class SuspenseStripTest {

  private static final SuspenseFilter ALL =
      new SuspenseFilter(0, "", 0, Long.MAX_VALUE, Long.MAX_VALUE);
  private static final String REGISTRY =
      """
      format: 1
      accounts:
        - id: known
          terms:
            - {from: 2026-01-01, billing_zone: UTC, currency: EUR, law_country: DE}
      suppliers: []
      """;
  private static final int RECORDS = 40;
  private static final int WINDOW = 16;

  @TempDir Path directory;

  private final Traffic traffic = new Traffic(5, RECORDS);

  private StripRig rig() {
    StripRig rig = new StripRig(directory);
    rig.registry.importYaml(new ByteArrayInputStream(REGISTRY.getBytes(StandardCharsets.UTF_8)));
    return rig;
  }

  private static List<SuspendedRow> rows(StripRig rig) {
    List<SuspendedRow> rows = new ArrayList<>();
    new SuspenseReader(rig.months).all(ALL, rows::add);
    return rows;
  }

  @Test
  void shouldLeaveNothingOfASuspendedIdentityInAnyFile() {
    try (StripRig rig = rig()) {
      // given
      rig.sendJudged(traffic.records);
      rig.pump();
      rig.flusher.flushAll();
      List<SuspendedRow> live = rows(rig);
      assertThat(live).hasSize(RECORDS).allMatch(row -> row.at().key().length == 24);
      // when
      Canaries dropped = new Canaries();
      for (int i = 0; i < RECORDS; i++) {
        dropped.add(Traffic.number(i).substring(1));
        dropped.add(Traffic.BULK + i + ".");
        dropped.add(Traffic.SUPPLIER_ID + i + ".");
      }
      assertThat(dropped.scan(directory).keySet()).anyMatch(file -> file.startsWith("live"));
      rig.moveTo(StripRig.DEADLINE);
      rig.settle();
      // then
      List<SuspendedRow> archived = rows(rig);
      assertThat(rig.stage(StripRig.MONTH)).isEqualTo(Stage.ARCHIVED);
      assertThat(archived).hasSize(RECORDS).allMatch(row -> row.at().key().length == 18);
      assertThat(archived.stream().mapToLong(SuspendedRow::saleNanos).sum())
          .isEqualTo(live.stream().mapToLong(SuspendedRow::saleNanos).sum());
      assertThat(dropped.scan(directory)).isEmpty();
      // nor what was sealed under the key that is gone
      Canaries sealed = new Canaries();
      assertThat(addWhatIsGone(sealed, live, archived)).isGreaterThan(RECORDS * 2 * WINDOW);
      assertThat(sealed.count(live.get(0).message().row())).isPositive();
      assertThat(sealed.scan(directory)).isEmpty();
    }
  }

  /** Adds every piece of the live rows that no archived row has; how many. */
  private static int addWhatIsGone(
      Canaries canaries, List<SuspendedRow> live, List<SuspendedRow> archived) {
    int added = 0;
    for (SuspendedRow row : live) {
      byte[] bytes = row.message().row();
      for (int from = 0; from + WINDOW <= bytes.length; from++) {
        byte[] piece = Arrays.copyOfRange(bytes, from, from + WINDOW);
        Canaries one = new Canaries();
        one.put(piece);
        if (archived.stream().allMatch(other -> one.count(other.message().row()) == 0)) {
          canaries.put(piece);
          added++;
        }
      }
    }
    return added;
  }

  @Test
  void shouldRemoveWhatCameForAYearThatWasGoneTwelveMonthsAfterItsMonth() {
    MonthId period = MonthId.parse("2026-11.suspense");
    try (StripRig rig = rig()) {
      // given
      rig.sendJudged(List.of(ofYearThatIsGone(), traffic.records.get(0)));
      rig.pump();
      Path files = directory.resolve("suspense/2026-11");
      assertThat(rows(rig)).extracting(row -> row.at().period()).contains(period);
      assertThat(files).isDirectory();
      // when
      rig.moveTo(Instant.parse("2027-11-30T23:59:59Z"));
      rig.settle();
      // then
      assertThat(files).isDirectory();
      assertThat(suspended(rig, period)).isEqualTo(1);
      // when
      rig.moveTo(Instant.parse("2027-12-01T00:00:00Z"));
      rig.settle();
      // then
      assertThat(files).doesNotExist();
      assertThat(rig.stage(period)).isEqualTo(Stage.EXPIRED);
      assertThat(rows(rig)).extracting(row -> row.at().period()).containsOnly(StripRig.MONTH);
    }
    try (StripRig again = new StripRig(directory, Instant.parse("2027-12-01T00:00:00Z"))) {
      assertThat(rows(again)).hasSize(1);
      assertThat(directory.resolve("suspense/2026-11")).doesNotExist();
    }
  }

  private static long suspended(StripRig rig, MonthId period) {
    try (RecordStore.Hold hold = rig.months.holdExisting(period).orElseThrow()) {
      return hold.month().suspended();
    }
  }

  private static DetailRecord ofYearThatIsGone() {
    Instant start = Instant.parse("2014-05-04T10:00:00Z");
    return Traffic.header(0)
        .setAccount("known")
        .setStartedAt(TestRecords.timestamp(start))
        .setRecordId(RecordId.derived(start.toEpochMilli(), "known", "old").toString())
        .setRating(TestRecords.rated(1, 1, 5).getRating())
        .build();
  }
}
