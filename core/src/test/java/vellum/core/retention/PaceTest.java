package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PaceTest {

  private static final long SECOND = 1_000_000_000;
  private static final long STEP = 20_000_000;

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong behind = new AtomicLong();
  private final Pace pace = new Pace(messages::get, behind::get, nanos::get);

  /** Share of a minute that is worked while so many messages a second are applied. */
  private double share(long messagesASecond) {
    long worked = 0;
    long end = nanos.get() + 60 * SECOND;
    while (nanos.get() < end) {
      long took = STEP;
      if (pace.mayWork()) {
        nanos.addAndGet(STEP);
        pace.worked(STEP);
        worked += STEP;
      } else {
        took = 1_000_000;
        nanos.addAndGet(took);
      }
      messages.addAndGet(messagesASecond * took / SECOND);
    }
    return worked / (60.0 * SECOND);
  }

  @Test
  void shouldWorkAllTheTimeOnIdleMachine() {
    assertThat(share(0)).isGreaterThan(0.99);
  }

  @Test
  void shouldWorkOneTenthOfTheTimeWhileRecordsArrive() {
    assertThat(share(100_000)).isBetween(0.08, 0.12);
  }

  @Test
  void shouldWorkLeastWhileApplierIsBehind() {
    behind.set(Pace.BEHIND_BYTES + 1);
    assertThat(share(100_000)).isBetween(0.015, 0.03);
  }

  @Test
  void shouldWorkAllTheTimeAgainWhenRecordsCease() {
    share(100_000);
    share(0);
    assertThat(share(0)).isGreaterThan(0.99);
  }
}
