package vellum.ingest.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LagClockTest {

  private final LagClock clock = new LagClock();

  @Test
  void shouldTellHowLongTheOldestHasWaited() {
    assertThat(clock.behindNanos(10, 0, 100)).isZero();
    assertThat(clock.behindNanos(10, 0, 160)).isEqualTo(60);
    assertThat(clock.behindNanos(20, 0, 200)).isEqualTo(100);
    // when: the first ten are applied
    assertThat(clock.behindNanos(20, 10, 230)).isEqualTo(30);
    // when: all is
    assertThat(clock.behindNanos(20, 20, 240)).isZero();
  }

  @Test
  void shouldNotCountTheTimeInWhichNothingCame() {
    clock.behindNanos(10, 10, 0);
    assertThat(clock.behindNanos(11, 10, 3_600)).isZero();
    assertThat(clock.behindNanos(11, 10, 3_605)).isEqualTo(5);
  }

  @Test
  void shouldKeepTheOldestWhenItCannotKeepAll() {
    for (int i = 1; i <= 10_000; i++) {
      clock.behindNanos(i, 0, i);
    }
    assertThat(clock.behindNanos(10_001, 0, 10_001)).isEqualTo(10_000);
  }
}
