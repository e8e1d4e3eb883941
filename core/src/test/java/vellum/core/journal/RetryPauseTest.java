package vellum.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RetryPauseTest {

  @Test
  void shouldDoubleUpToABoundAndBeginAnew() {
    RetryPause pause = new RetryPause();
    long[] millis = new long[8];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = TimeUnit.NANOSECONDS.toMillis(pause.nanos());
    }
    assertThat(millis).containsExactly(1, 2, 4, 8, 16, 32, 50, 50);

    pause.reset();

    assertThat(pause.nanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1));
  }
}
