package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.period.Month;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;

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
    ApplyFixture fixture = new ApplyFixture(place);
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
            fixture = new ApplyFixture(place);
          }
          case 3 -> {
            // A crash: what was written and not flushed is gone.
            place = directory.resolve("" + round);
            ApplyFixture.copy(directory.resolve(last(directory, round)), place);
            fixture.close();
            fixture = new ApplyFixture(place);
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
    try (ApplyFixture fixture = new ApplyFixture(directory)) {
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
    try (ApplyFixture again = new ApplyFixture(directory)) {
      assertRight(again, traffic);
    }
  }

  private static void assertRight(ApplyFixture fixture, CubeTraffic traffic) {
    try (RecordStore.Hold hold = fixture.months.hold(NOVEMBER)) {
      Month month = hold.month();
      assertThat(CubeTraffic.shown(month))
          .isEqualTo(CubeTraffic.plain(month.recomputedCells()))
          .isEqualTo(traffic.expected());
    }
  }
}
