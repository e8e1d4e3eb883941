package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.seal.TestRecords.NUMBER;
import static vellum.core.seal.TestRecords.sms;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.period.FoundRecord;
import vellum.core.period.Place;
import vellum.core.period.RecordFinder;
import vellum.core.period.RecordPage;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.AccountId;
import vellum.core.record.MonthId;
import vellum.v1.DetailRecord;

/** An account's records page by page, while their month is stripped between two pages. */
final class PagesAcrossStripTest {

  private static final MonthId MONTH = MonthId.parse("2026-11.default");
  private static final AccountId ACCOUNT = AccountId.of("acct-1");
  private static final Instant FIRST = Instant.parse("2026-11-03T23:00:00Z");
  private static final long FROM = Instant.parse("2026-10-01T00:00:00Z").getEpochSecond();
  private static final long TO = Instant.parse("2026-12-01T00:00:00Z").getEpochSecond();
  private static final int RECORDS = 240;

  @TempDir Path directory;

  /**
   * Records of two accounts, many in each of few seconds, over several buckets; each has a mark of
   * its own that survives stripping.
   */
  private static List<DetailRecord> records(long seed) {
    Random random = new Random(seed);
    List<DetailRecord> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      Instant startedAt =
          FIRST
              .plusSeconds(random.nextInt(4) * 4_000L + random.nextInt(4))
              .plusMillis(random.nextInt(1000));
      DetailRecord.Builder record = sms(i, startedAt, NUMBER);
      record.getRatingBuilder().setVersion(1).setSalePriceNanos(i + 1).setCurrency("EUR");
      records.add(record.setAccount(i % 5 == 0 ? "acct-2" : "acct-1").build());
    }
    return records;
  }

  private static long mark(FoundRecord record) {
    return LateRecordsTest.open(record).getRating().getSalePriceNanos();
  }

  private static List<Long> marks(List<DetailRecord> records) {
    return records.stream()
        .filter(record -> record.getAccount().equals(ACCOUNT.value()))
        .map(record -> record.getRating().getSalePriceNanos())
        .toList();
  }

  private static RecordPage page(RecordFinder finder, Place after, int limit) {
    return finder.list(ACCOUNT, FROM * 1_000_000, TO * 1_000_000, after, limit);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 50})
  void shouldShowEveryRecordOnceWhereverTheSwitchComes(int limit) {
    List<DetailRecord> sent = records(limit);
    int pages = (marks(sent).size() + limit - 1) / limit;
    for (int part = 0; part <= 2; part++) {
      int switchAfter = Math.max(1, pages * part / 3);
      try (ApplyFixture fixture = new ApplyFixture(directory.resolve("part-" + part));
          StripSteps steps = new StripSteps(fixture, MONTH)) {
        // given
        fixture.send(sent);
        fixture.apply();
        steps.destroyKey();
        steps.rewrite();

        // when
        List<Long> seen = new ArrayList<>();
        Place place = null;
        int page = 0;
        do {
          RecordPage next = page(fixture.finder, place, limit);
          next.records().forEach(record -> seen.add(mark(record)));
          place = next.next();
          if (++page == switchAfter) {
            steps.switchOver().join();
          }
        } while (place != null);

        // then
        assertThat(page).isEqualTo(pages);
        assertThat(fixture.catalog.owner(MONTH)).isEqualTo(Stage.Owner.ARCHIVE);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(marks(sent));
      }
    }
  }

  @Test
  void shouldKeepPlacesTheSameForBothOwners() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      fixture.send(records(3));
      fixture.apply();
      Map<Integer, Place> live = new HashMap<>();
      Map<Integer, List<Long>> liveMarks = new HashMap<>();
      for (int limit = 1; limit < 100; limit += 9) {
        RecordPage page = page(fixture.finder, null, limit);
        live.put(limit, page.next());
        liveMarks.put(limit, page.records().stream().map(PagesAcrossStripTest::mark).toList());
      }

      // when
      StripSteps.strip(fixture, MONTH);

      // then
      live.forEach(
          (limit, place) -> {
            RecordPage page = page(fixture.finder, null, limit);
            assertThat(page.next()).isEqualTo(place);
            assertThat(page.records())
                .extracting(PagesAcrossStripTest::mark)
                .containsExactlyInAnyOrderElementsOf(liveMarks.get(limit));
          });
    }
  }

  @Test
  void shouldReadOnFromTheOwnerThatWasHeldBeforeTheSwitch() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      List<DetailRecord> sent = records(5);
      fixture.send(sent);
      fixture.apply();

      // when
      try (RecordStore.Hold held = fixture.months.hold(MONTH)) {
        StripSteps.strip(fixture, MONTH);

        // then
        assertThat(held.month().owner()).isEqualTo(Stage.Owner.LIVE);
        assertThat(fixture.months.closeWhenUnused(MONTH, Stage.Owner.LIVE)).isFalse();
        assertThat(held.month().state().records()).isEqualTo(RECORDS);
      }
      assertThat(fixture.months.closeWhenUnused(MONTH, Stage.Owner.LIVE)).isTrue();
    }
  }

  @Test
  void shouldBoundASpanOfTimeInBothOwners() {
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
      // given
      List<DetailRecord> sent = records(9);
      fixture.send(sent);
      fixture.apply();
      long from = FIRST.getEpochSecond() + 4_001;
      long to = FIRST.getEpochSecond() + 8_002;
      List<Long> wanted =
          marks(
              sent.stream()
                  .filter(record -> record.getStartedAt().getSeconds() >= from)
                  .filter(record -> record.getStartedAt().getSeconds() < to)
                  .toList());
      assertThat(wanted).hasSizeBetween(20, 120);

      // when, then
      assertThat(
              fixture.finder.list(ACCOUNT, from * 1_000_000, to * 1_000_000, null, 500).records())
          .extracting(PagesAcrossStripTest::mark)
          .containsExactlyInAnyOrderElementsOf(wanted);
      StripSteps.strip(fixture, MONTH);
      assertThat(
              fixture.finder.list(ACCOUNT, from * 1_000_000, to * 1_000_000, null, 500).records())
          .extracting(PagesAcrossStripTest::mark)
          .containsExactlyInAnyOrderElementsOf(wanted);
    }
  }
}
