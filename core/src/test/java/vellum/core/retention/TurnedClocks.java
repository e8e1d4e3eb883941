package vellum.core.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** True time, and the clocks of a machine that may show something else. */
final class TurnedClocks implements InstantSource {

  Instant truth;
  Duration wrong = Duration.ZERO;
  long nanos = Long.MAX_VALUE - 1_000_000_000L;

  TurnedClocks(Instant truth) {
    this.truth = truth;
  }

  @Override
  public Instant instant() {
    return truth.plus(wrong);
  }

  /** Time goes by while the process runs. */
  void pass(Duration time) {
    truth = truth.plus(time);
    nanos += time.toNanos();
  }

  /** Time goes by while there is no process, or the machine sleeps. */
  void passUnseen(Duration time) {
    truth = truth.plus(time);
  }

  /** Somebody sets the wall clock. */
  void turn(Duration by) {
    wrong = wrong.plus(by);
  }
}
