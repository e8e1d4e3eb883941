package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.billing.CellMap;
import vellum.core.period.Month;
import vellum.core.period.MonthState;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;

/**
 * Cells that are moved with the rows equal those that the rows come to, and those that the messages
 * come to, after whatever happened: flushes, ends and crashes at any moment.
 */
final class CubePropertyTest {

  private static final MonthId NOVEMBER = MonthId.parse("2026-11.default");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldEqualWhatWasSentWhateverHappened(long seed) {
    Random random = new Random(seed);
    CubeTraffic traffic = new CubeTraffic(seed);
    Path place = directory.resolve("0");
    ApplyFixture fixture = CubeTraffic.open(place);
    try {
      for (int round = 1; round <= 24; round++) {
        // when
        fixture.send(traffic.batch(1 + random.nextInt(60)));
        if (random.nextInt(4) > 0) {
          fixture.apply();
        }
        switch (random.nextInt(6)) {
          case 0, 1 -> fixture.flusher.flushAll();
          case 2 -> {
            fixture.close();
            fixture = CubeTraffic.open(place);
          }
          case 3 -> {
            // A crash: what was written and not flushed is gone.
            place = directory.resolve("" + round);
            ApplyFixture.copy(directory.resolve(last(directory, round)), place);
            fixture.close();
            fixture = CubeTraffic.open(place);
          }
          default -> {}
        }
        fixture.apply();
        // then
        assertRight(fixture, traffic);
      }
    } finally {
      fixture.close();
    }
  }

  private static String last(Path directory, int before) {
    for (int round = before - 1; round > 0; round--) {
      if (directory.resolve("" + round).toFile().exists()) {
        return "" + round;
      }
    }
    return "0";
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void shouldStayRightWhileAnotherThreadFlushesAndReads(long seed) {
    // given
    CubeTraffic traffic = new CubeTraffic(seed);
    AtomicBoolean isOver = new AtomicBoolean();
    try (ApplyFixture fixture = CubeTraffic.open(directory)) {
      fixture.send(traffic.batch(50));
      fixture.apply();
      CompletableFuture<Integer> flushes =
          CompletableFuture.supplyAsync(
              () -> {
                int count = 0;
                while (!isOver.get()) {
                  fixture.flusher.flushAll();
                  count++;
                }
                return count;
              });
      CompletableFuture<Integer> reads =
          CompletableFuture.supplyAsync(
              () -> {
                int count = 0;
                while (!isOver.get()) {
                  try (RecordStore.Hold hold = fixture.months.hold(NOVEMBER)) {
                    assertThat(CubeTraffic.shown(hold.month())).isNotEmpty();
                  }
                  count++;
                }
                return count;
              });
      // when
      for (int round = 0; round < 150; round++) {
        fixture.send(traffic.batch(20));
        fixture.apply();
      }
      isOver.set(true);
      // then
      assertThat(flushes.join()).isPositive();
      assertThat(reads.join()).isPositive();
      assertRight(fixture, traffic);
    }
    try (ApplyFixture again = CubeTraffic.open(directory)) {
      assertRight(again, traffic);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void shouldEqualWhatWasSentBeforeDuringAndAfterAStrip(long seed) {
    CubeTraffic traffic = new CubeTraffic(seed);
    try (ApplyFixture fixture = CubeTraffic.open(directory)) {
      fixture.send(traffic.batch(300));
      fixture.apply();
      try (StripSteps steps = new StripSteps(fixture, NOVEMBER)) {
        // when
        steps.destroyKey();
        send(fixture, traffic);
        steps.rewrite();
        send(fixture, traffic);
        ChangeCopy copied = steps.changes();
        assertThat(copied.copy(10)).isPositive();
        send(fixture, traffic);
        assertThat(copied.copy(1_000)).isPositive();
        assertRight(copied.archive(), traffic);
        send(fixture, traffic);
        steps.switchOver().join();
      }
      // then
      assertThat(fixture.catalog.owner(NOVEMBER)).isEqualTo(Stage.Owner.ARCHIVE);
      assertRight(fixture, traffic);
      send(fixture, traffic);
      assertRight(fixture, traffic);
    }
    try (ApplyFixture again = CubeTraffic.open(directory)) {
      assertRight(again, traffic);
      send(again, traffic);
      assertRight(again, traffic);
    }
  }

  private static void send(ApplyFixture fixture, CubeTraffic traffic) {
    fixture.send(traffic.batch(40));
    fixture.apply();
  }

  @Test
  void shouldTellEachMessagesExactDifference() {
    // given
    CubeTraffic traffic = new CubeTraffic(31);
    CellMap told = new CellMap();
    List<Long> sequences = new ArrayList<>();
    try (ApplyFixture fixture = CubeTraffic.open(directory)) {
      fixture.applier.tell(
          (change, batch) -> {
            told.addAll(change.cells());
            sequences.add(change.sequence());
            assertThat(change.keyLength()).isEqualTo(RecordKey.BYTES);
            assertThat(change.before().size() == 0).isEqualTo(change.isNew());
            TakenAspects aspects = change.aspects();
            assertThat(aspects.size()).isPositive();
            for (int i = 0; i < aspects.size(); i++) {
              assertThat(aspects.version(i)).isGreaterThan(aspects.versionBefore(i));
              if (change.isNew()) {
                assertThat(aspects.versionBefore(i)).isEqualTo(TakenAspects.NONE);
              }
            }
          });
      // when
      for (int i = 0; i < 20; i++) {
        fixture.send(traffic.batch(60));
        if (i % 3 == 0) {
          fixture.apply();
        }
      }
      fixture.apply();
      // then
      assertThat(CubeTraffic.plain(told)).isEqualTo(traffic.expected());
      MonthState state = fixture.totals();
      // A message may be in conflict with one aspect and bring another.
      assertThat((long) sequences.size())
          .isBetween(
              state.records() + state.updates(),
              state.records() + state.updates() + state.conflicts());
      assertThat(sequences).allMatch(sequence -> sequence <= fixture.journal.forced());
      assertThat(state.conflicts()).isPositive();
      assertThat(state.duplicates()).isPositive();
    }
  }

  private static void assertRight(Month month, CubeTraffic traffic) {
    assertThat(CubeTraffic.shown(month))
        .isEqualTo(CubeTraffic.plain(month.recomputedCells()))
        .isEqualTo(traffic.expected());
    assertThat(CellsByMonth.shown(month)).isEqualTo(CellsByMonth.of(traffic.expected()));
  }

  private static void assertRight(ApplyFixture fixture, CubeTraffic traffic) {
    try (RecordStore.Hold hold = fixture.months.hold(NOVEMBER)) {
      assertRight(hold.month(), traffic);
    }
  }
}
