package vellum.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TimesTest {

  @Test
  void shouldTellPercentiles() {
    // given
    Times times = new Times();
    for (int millis = 1000; millis >= 1; millis--) {
      times.add(millis * 1_000_000L);
    }

    // then
    assertThat(times.size()).isEqualTo(1000);
    assertThat(times.millisAt(50)).isEqualTo(500);
    assertThat(times.millisAt(99)).isEqualTo(990);
    assertThat(times.millisAt(100)).isEqualTo(1000);
  }

  @Test
  void shouldTellNothingOfNone() {
    assertThat(new Times().millisAt(50)).isNaN();
  }
}
