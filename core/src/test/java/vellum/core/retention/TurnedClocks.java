package vellum.core.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** True time, and the clocks of a machine that may show something else. */
final class TurnedClocks implements InstantSource {

  Instant truth;
  Duration wrong = Duration.ZERO;
  long nanos = Long.MAX_VALUE - 1_000_000_000L;

  /** The machine's boot; empty when it tells no uptime. */
  String boot = "";

  long upNanos = 1_000_000_000_000L;

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
    upNanos += time.toNanos();
  }

  /** Time goes by while there is no process, or the machine sleeps. */
  void passUnseen(Duration time) {
    truth = truth.plus(time);
    upNanos += time.toNanos();
  }

  /** The machine is booted. */
  void reboot(String next) {
    boot = next;
    upNanos = 30_000_000_000L;
  }

  Optional<Uptime> uptime() {
    return boot.isEmpty() ? Optional.empty() : Optional.of(new Uptime(boot, upNanos));
  }

  /** Somebody sets the wall clock. */
  void turn(Duration by) {
    wrong = wrong.plus(by);
  }
}
