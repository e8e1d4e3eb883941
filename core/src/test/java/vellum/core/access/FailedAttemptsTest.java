package vellum.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class FailedAttemptsTest {

  private long nanos = Long.MAX_VALUE - 5_000_000_000L; // The clock runs over while this runs.
  private final FailedAttempts attempts = new FailedAttempts(6, () -> nanos);

  private void pass(long seconds) {
    nanos += TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void shouldTakeSomeAtOnceThenOneEverySoOften() {
    for (int i = 0; i < 6; i++) {
      assertThat(attempts.failed("192.0.2.1")).as("failure " + i).isZero();
    }
    assertThat(attempts.failed("192.0.2.1")).isBetween(9_000L, 10_001L);
    assertThat(attempts.failed("192.0.2.2")).as("another address").isZero();

    pass(10);
    assertThat(attempts.failed("192.0.2.1")).isZero();
    assertThat(attempts.failed("192.0.2.1")).isPositive();

    pass(120);
    for (int i = 0; i < 6; i++) {
      assertThat(attempts.failed("192.0.2.1")).as("failure " + i).isZero();
    }
    assertThat(attempts.failed("192.0.2.1")).isPositive();
  }

  @Test
  void shouldTellBeforehandHowLongToWaitAndNoteNothing() {
    for (int i = 0; i < 6; i++) {
      assertThat(attempts.waitMs("somebody")).as("attempt " + i).isZero();
      assertThat(attempts.waitMs("somebody")).isZero();
      attempts.failed("somebody");
    }
    assertThat(attempts.waitMs("somebody")).isBetween(9_000L, 10_001L);
    assertThat(attempts.waitMs("another")).isZero();

    pass(10);
    assertThat(attempts.waitMs("somebody")).isZero();
  }

  @Test
  void shouldNotMoveTheEndByFurtherFailures() {
    for (int i = 0; i < 100; i++) {
      attempts.failed("192.0.2.1");
    }
    pass(10);
    assertThat(attempts.failed("192.0.2.1")).isZero();
  }

  @Test
  void shouldTakeAPrefixOfIpv6AsOneAddress() {
    for (int i = 0; i < 6; i++) {
      assertThat(attempts.failed("2001:db8:0:1::" + i)).isZero();
    }
    assertThat(attempts.failed("2001:db8:0:1:ffff::1")).isPositive();
    assertThat(attempts.failed("2001:db8:0:2::1")).isZero();
    assertThat(attempts.failed("fe80::1%0")).isZero();
  }

  @Test
  void shouldRememberABoundedNumberOfAddresses() {
    for (int i = 0; i < FailedAttempts.MOST_ADDRESSES + 500; i++) {
      attempts.failed("10." + (i >> 16) + "." + (i >> 8 & 0xFF) + "." + (i & 0xFF));
    }
    assertThat(attempts.size()).isEqualTo(FailedAttempts.MOST_ADDRESSES);
  }
}
