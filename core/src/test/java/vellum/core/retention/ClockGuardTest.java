package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.disk.RealDisk;
import vellum.core.retention.ClockState.Cause;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

/** The rule of design section 2: nothing is ever erased because a clock jumped. */
final class ClockGuardTest {

  private static final Instant START = Instant.parse("2026-11-05T10:00:00Z");
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir private Path directory;
  private final TurnedClocks clocks = new TurnedClocks(START);
  private final List<ClockState> heard = new ArrayList<>();
  private long newestMicros = ClockGuard.NO_RECORD;
  private Stores stores;
  private Store control;

  @BeforeEach
  void open() {
    stores = new Stores(new RealDisk(), 8 << 20, 1);
    control = stores.open(directory, List.of(ClockGuard.TABLE), StoreOptions.control());
  }

  @AfterEach
  void close() {
    control.close();
    stores.close();
  }

  @Test
  void shouldFollowAClockThatGoesSteadily() {
    ClockGuard guard = start();
    for (int i = 0; i < 100; i++) {
      clocks.pass(TICK);
      assertThat(guard.tick().isTrusted()).isTrue();
      assertThat(guard.erasureNow()).isEqualTo(clocks.truth);
    }
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT1H, CLOCK_JUMPED_AHEAD, 1 h",
    "PT8760H, CLOCK_JUMPED_AHEAD, 365 d",
    "PT87600H, CLOCK_JUMPED_AHEAD, 3650 d",
    "PT5M1S, CLOCK_JUMPED_AHEAD, 5 min 1 s",
    "PT-5M-1S, CLOCK_WENT_BACK, 5 min 1 s",
    "PT-1H, CLOCK_WENT_BACK, 1 h",
    "PT-8760H, CLOCK_WENT_BACK, 365 d"
  })
  void shouldStandStillWhenTheClockIsTurned(Duration by, Cause cause, String said) {
    // given
    ClockGuard guard = run(start(), 60);
    Instant before = clocks.truth;
    // when
    clocks.turn(by);
    // then: even before the next tick
    assertThat(guard.erasureNow()).isBeforeOrEqualTo(before);
    ClockState state = guard.tick();
    assertThat(state.cause()).isEqualTo(cause);
    assertThat(state.by()).isEqualTo(by);
    assertThat(state.text()).startsWith(cause + " by " + said + ": ");
    assertThat(heard).containsExactly(state);
    Instant still = guard.erasureNow();
    assertThat(still).isBeforeOrEqualTo(before);
    run(guard, 1000);
    assertThat(guard.erasureNow()).isEqualTo(still);
    // and: it does not go on by itself when the clock is turned back
    clocks.turn(by.negated());
    run(guard, 10);
    assertThat(guard.state().cause()).isEqualTo(cause);
    assertThat(heard).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT4M", "PT-4M", "PT2S", "PT-2S"})
  void shouldFollowASmallStepSlowly(Duration by) {
    // given
    ClockGuard guard = run(start(), 60);
    // when
    clocks.turn(by);
    guard.tick();
    // then: never after the true time, and after a while as the wall clock says
    assertThat(guard.state().isTrusted()).isTrue();
    assertThat(guard.erasureNow()).isBeforeOrEqualTo(clocks.truth);
    Duration most = by.abs().multipliedBy(5_000);
    for (Duration passed = Duration.ZERO;
        passed.compareTo(most) <= 0;
        passed = passed.plusMinutes(10)) {
      clocks.pass(Duration.ofMinutes(10));
      guard.tick();
    }
    assertThat(guard.state().isTrusted()).isTrue();
    assertThat(guard.erasureNow()).isEqualTo(clocks.instant());
  }

  @Test
  void shouldNotLetSmallJumpsAddUp() {
    // given
    ClockGuard guard = run(start(), 60);
    // when: four minutes an hour
    int jumps = 0;
    while (guard.state().isTrusted() && jumps < 100_000) {
      clocks.turn(Duration.ofMinutes(4));
      jumps++;
      clocks.pass(Duration.ofHours(1));
      guard.tick();
    }
    // then
    assertThat(jumps).isEqualTo(2);
    assertThat(guard.state().cause()).isEqualTo(Cause.CLOCK_JUMPED_AHEAD);
    assertThat(guard.erasureNow()).isBefore(clocks.truth.plusSeconds(1));
  }

  @Test
  void shouldBeOffByHoursAtMostAfterAYearOfTheSmallestSteps() {
    // given: a clock that is turned ahead as fast as it is followed
    ClockGuard guard = start();
    for (int hour = 0; hour < 24 * 365; hour++) {
      clocks.turn(Duration.ofMillis(720));
      clocks.pass(Duration.ofHours(1));
      guard.tick();
    }
    // then
    assertThat(guard.state().isTrusted()).isTrue();
    assertThat(Duration.between(clocks.truth, guard.erasureNow())).isLessThan(Duration.ofHours(2));
  }

  @Test
  void shouldStandStillAfterTheMachineSlept() {
    ClockGuard guard = run(start(), 60);
    clocks.passUnseen(Duration.ofHours(8));
    assertThat(guard.tick().cause()).isEqualTo(Cause.CLOCK_JUMPED_AHEAD);
    assertThat(guard.erasureNow()).isBefore(clocks.truth);
  }

  /** Down, wall clock turned by, and what a start of the same boot finds. */
  static Stream<Arguments> restartsOfOneBoot() {
    Duration second = Duration.ofSeconds(1);
    return Stream.of(
        arguments(second, Duration.ZERO, Cause.TRUSTED),
        arguments(second, Duration.ofMinutes(4), Cause.TRUSTED),
        arguments(second, Duration.ofMinutes(-4), Cause.TRUSTED),
        arguments(second, Duration.ofMinutes(6), Cause.CLOCK_JUMPED_AHEAD),
        arguments(second, Duration.ofHours(1), Cause.CLOCK_JUMPED_AHEAD),
        arguments(second, Duration.ofHours(3), Cause.CLOCK_JUMPED_AHEAD),
        arguments(second, Duration.ofDays(6), Cause.CLOCK_JUMPED_AHEAD),
        arguments(second, YEAR, Cause.CLOCK_JUMPED_AHEAD),
        arguments(second, Duration.ofHours(-1), Cause.CLOCK_WENT_BACK),
        arguments(second, YEAR.negated(), Cause.CLOCK_WENT_BACK),
        arguments(Duration.ofDays(3), Duration.ofHours(1), Cause.CLOCK_JUMPED_AHEAD),
        arguments(Duration.ofDays(3), Duration.ofHours(-1), Cause.CLOCK_WENT_BACK),
        arguments(Duration.ofDays(30), Duration.ZERO, Cause.TRUSTED),
        arguments(YEAR, Duration.ZERO, Cause.TRUSTED));
  }

  @ParameterizedTest
  @MethodSource("restartsOfOneBoot")
  void shouldMeasureAStopOfOneBootByTheUptime(Duration down, Duration by, Cause cause) {
    // given: stopped or killed
    clocks.boot = "boot-1";
    ClockGuard before = run(start(), 3600);
    if (down.toDays() > 0) {
      before.stop();
    }
    Instant last = clocks.truth;
    // when
    clocks.passUnseen(down);
    clocks.turn(by);
    clocks.nanos = 17;
    ClockGuard guard = start();
    // then
    assertThat(guard.state().cause()).isEqualTo(cause);
    assertThat(guard.state().behind()).isZero();
    assertThat(heard).hasSize(cause == Cause.TRUSTED ? 0 : 1);
    if (cause == Cause.TRUSTED) {
      assertThat(guard.erasureNow())
          .isBeforeOrEqualTo(clocks.truth)
          .isBeforeOrEqualTo(clocks.instant())
          .isAfterOrEqualTo(earlier(clocks.truth, clocks.instant()).minusMillis(10));
    } else {
      assertThat(guard.state().by()).isBetween(by, by.plusMillis(10));
      assertThat(guard.erasureNow()).isBeforeOrEqualTo(earlier(clocks.truth, clocks.instant()));
      run(guard, 100);
      assertThat(guard.erasureNow()).isBeforeOrEqualTo(last.plus(down));
    }
  }

  @Test
  void shouldNotGainByManyRestarts() {
    // given: each restart finds the wall clock a little further ahead
    clocks.boot = "boot-1";
    run(start(), 60).stop();
    ClockGuard guard = start();
    for (int i = 0; i < 100 && guard.state().isTrusted(); i++) {
      clocks.passUnseen(TICK);
      clocks.turn(Duration.ofSeconds(20));
      guard = start();
      assertThat(guard.erasureNow()).isBeforeOrEqualTo(clocks.truth);
    }
    // then: the steps add up to a jump
    assertThat(guard.state().cause()).isEqualTo(Cause.CLOCK_JUMPED_AHEAD);
  }

  /** Down, wall clock turned by, and what a start finds when nobody measured the stop. */
  static Stream<Arguments> unmeasured() {
    Duration reboot = Duration.ofMinutes(2);
    return Stream.of(
        arguments(reboot, Duration.ZERO, Cause.TRUSTED),
        arguments(reboot, Duration.ofHours(1), Cause.TRUSTED),
        arguments(reboot, Duration.ofHours(3), Cause.TRUSTED),
        arguments(reboot, Duration.ofHours(23), Cause.TRUSTED),
        arguments(reboot, Duration.ofMinutes(-1), Cause.TRUSTED),
        arguments(reboot, Duration.ofMinutes(-6), Cause.TRUSTED),
        arguments(reboot, Duration.ofMinutes(-8), Cause.CLOCK_WENT_BACK),
        arguments(reboot, Duration.ofHours(-1), Cause.CLOCK_WENT_BACK),
        arguments(reboot, YEAR.negated(), Cause.CLOCK_WENT_BACK),
        arguments(reboot, Duration.ofDays(6), Cause.LONG_GAP),
        arguments(reboot, YEAR, Cause.LONG_GAP),
        arguments(Duration.ofHours(24), Duration.ZERO, Cause.TRUSTED),
        arguments(Duration.ofHours(24).plusSeconds(1), Duration.ZERO, Cause.LONG_GAP),
        arguments(Duration.ofDays(30), Duration.ZERO, Cause.LONG_GAP),
        arguments(Duration.ofHours(20), Duration.ofHours(-19), Cause.TRUSTED));
  }

  @ParameterizedTest
  @MethodSource("unmeasured")
  void shouldGoOnFromTheLastInstantAfterAnotherBoot(Duration down, Duration by, Cause cause) {
    clocks.boot = "boot-1";
    shouldGoOnFromTheLastInstant(down, by, cause, () -> clocks.reboot("boot-2"));
  }

  @ParameterizedTest
  @MethodSource("unmeasured")
  void shouldGoOnFromTheLastInstantWithoutUptime(Duration down, Duration by, Cause cause) {
    shouldGoOnFromTheLastInstant(down, by, cause, () -> {});
  }

  @ParameterizedTest
  @MethodSource("unmeasured")
  void shouldGoOnFromTheLastInstantWhenTheUptimeWasNotTold(
      Duration down, Duration by, Cause cause) {
    shouldGoOnFromTheLastInstant(down, by, cause, () -> clocks.boot = "boot-1");
  }

  private void shouldGoOnFromTheLastInstant(
      Duration down, Duration by, Cause cause, Runnable machine) {
    // given
    run(start(), 60).stop();
    Instant last = clocks.truth;
    // when
    clocks.passUnseen(down);
    machine.run();
    clocks.turn(by);
    clocks.nanos = 17;
    ClockGuard guard = start();
    // then: from the last instant, and never by the wall clock
    assertThat(guard.state().cause()).isEqualTo(cause);
    assertThat(guard.erasureNow()).isEqualTo(earlier(last, clocks.instant()));
    assertThat(heard).hasSize(cause == Cause.TRUSTED ? 0 : 1);
    Duration behind = Duration.between(guard.erasureNow(), clocks.instant());
    assertThat(guard.state().behind()).isEqualTo(cause == Cause.TRUSTED ? behind : Duration.ZERO);
    // and: so it stays, however long the wall clock is wrong
    for (int day = 0; day < 400; day++) {
      clocks.pass(Duration.ofDays(1));
      assertThat(guard.tick().cause()).isEqualTo(cause);
      assertThat(guard.erasureNow()).isBeforeOrEqualTo(clocks.truth);
    }
    if (cause == Cause.TRUSTED) {
      assertThat(Duration.between(guard.erasureNow(), clocks.instant())).isEqualTo(behind);
    }
  }

  @Test
  void shouldSeeAJumpWhileItIsBehind() {
    // given
    ClockGuard guard = rebooted(Duration.ofHours(2));
    // when
    clocks.turn(Duration.ofHours(-1));
    // then: though the wall clock is ahead of the guard still
    assertThat(guard.tick().cause()).isEqualTo(Cause.CLOCK_WENT_BACK);
    assertThat(guard.state().by()).isEqualTo(Duration.ofHours(-1));
    assertThat(guard.erasureNow()).isBeforeOrEqualTo(clocks.truth.minus(Duration.ofHours(2)));
  }

  @Test
  void shouldBeBehindUntilConfirmed() {
    // given
    ClockGuard guard = rebooted(Duration.ofSeconds(200));
    assertThat(guard.tick().text())
        .isEqualTo(
            "TRUSTED, 3 min 20 s behind the wall clock: the time of a stop that nobody measured;"
                + " confirm-clock catches up");
    assertThat(guard.state().isConfirmable()).isTrue();
    // when
    Confirmation confirmation = guard.confirm("operator", "compared with NTP");
    // then
    assertThat(guard.erasureNow()).isEqualTo(clocks.truth);
    assertThat(guard.state().text()).isEqualTo("TRUSTED: nothing to confirm");
    assertThat(guard.state().isConfirmable()).isFalse();
    assertThatThrownBy(() -> guard.confirm("operator", "again"))
        .isInstanceOf(ClockException.NothingToConfirm.class);
    assertThat(confirmation.state()).startsWith("TRUSTED, 3 min 20 s behind");
    // and: after a restart of the same boot
    clocks.passUnseen(Duration.ofHours(5));
    ClockGuard again = start();
    assertThat(again.state().behind()).isZero();
    assertThat(again.erasureNow()).isBetween(clocks.truth.minusMillis(10), clocks.truth);
    assertThat(again.confirmations()).containsExactly(confirmation);
  }

  @Test
  void shouldStayBehindOverARestartOfTheSameBoot() {
    // given
    rebooted(Duration.ofHours(2));
    // when: killed at once
    clocks.passUnseen(Duration.ofHours(30));
    ClockGuard guard = start();
    // then
    assertThat(guard.state().isTrusted()).isTrue();
    assertThat(guard.state().behind()).isEqualTo(Duration.ofHours(2));
    Instant expected = clocks.truth.minus(Duration.ofHours(2));
    assertThat(guard.erasureNow()).isBetween(expected.minusMillis(10), expected);
    // and: a clock that is right by the last instant alone is wrong
    clocks.turn(Duration.ofHours(-2));
    assertThat(start().state().cause()).isEqualTo(Cause.CLOCK_WENT_BACK);
  }

  @Test
  void shouldAddUpStopsThatNobodyMeasured() {
    // given
    ClockGuard guard = rebooted(Duration.ofHours(10));
    guard.stop();
    clocks.passUnseen(Duration.ofHours(14));
    clocks.reboot("boot-3");
    // when
    ClockGuard second = run(start(), 60);
    // then
    assertThat(second.state().isTrusted()).isTrue();
    assertThat(second.state().behind()).isEqualTo(Duration.ofHours(24));
    assertThat(second.erasureNow()).isEqualTo(clocks.truth.minus(Duration.ofHours(24)));
    // when: another minute is too much
    second.stop();
    clocks.passUnseen(Duration.ofMinutes(1));
    clocks.reboot("boot-4");
    ClockGuard third = start();
    // then
    assertThat(third.state().cause()).isEqualTo(Cause.LONG_GAP);
    assertThat(third.state().text()).startsWith("LONG_GAP of 1 d 1 min: ");
    third.confirm("operator", "three reboots");
    assertThat(third.erasureNow()).isEqualTo(clocks.truth);
  }

  @Test
  void shouldNotMeasureByAnUptimeThatWentBack() {
    // given: the machine's memory is put back to an earlier copy
    clocks.boot = "boot-1";
    run(start(), 60).stop();
    Instant last = clocks.truth;
    clocks.passUnseen(Duration.ofMinutes(3));
    clocks.upNanos = 5;
    // when
    ClockGuard guard = start();
    // then
    assertThat(guard.erasureNow()).isEqualTo(last);
    assertThat(guard.state().behind()).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void shouldReadWhatWasRememberedBeforeUptimesWere() {
    // given
    StoreBatch batch = control.batch();
    batch.put(
        ClockGuard.TABLE,
        "last".getBytes(StandardCharsets.UTF_8),
        START.toString().getBytes(StandardCharsets.UTF_8));
    control.write(batch);
    clocks.boot = "boot-1";
    clocks.passUnseen(Duration.ofHours(1));
    // when
    ClockGuard guard = start();
    // then
    assertThat(guard.erasureNow()).isEqualTo(START);
    assertThat(guard.state().behind()).isEqualTo(Duration.ofHours(1));
  }

  /** A guard that ran a minute, and again a minute after a boot. */
  private ClockGuard rebooted(Duration down) {
    clocks.boot = "boot-1";
    run(start(), 60).stop();
    clocks.passUnseen(down);
    clocks.reboot("boot-2");
    return run(start(), 60);
  }

  @Test
  void shouldRememberTheClockWhenKilled() {
    // given: killed, not stopped
    run(start(), 3600);
    // when
    clocks.turn(Duration.ofMinutes(-30));
    // then
    assertThat(start().state().cause()).isEqualTo(Cause.CLOCK_WENT_BACK);
  }

  @Test
  void shouldBelieveTheClockOfAFirstStart() {
    assertThat(start().state().isTrusted()).isTrue();
    assertThat(start().erasureNow()).isEqualTo(START);
  }

  @ParameterizedTest
  @CsvSource({
    "P0D, TRUSTED",
    "PT-23H, TRUSTED",
    "PT-25H, LONG_GAP",
    "P-8D, LONG_GAP",
    "P1D, CLOCK_WENT_BACK",
    "P365D, CLOCK_WENT_BACK"
  })
  void shouldCompareTheClockOfAFirstStartWithTheNewestRecord(Duration newest, Cause cause) {
    newestMicros = micros(START.plus(newest));
    assertThat(start().state().cause()).isEqualTo(cause);
  }

  @Test
  void shouldNotWaitBecauseThereIsNoTraffic() {
    // given: no record for a hundred days, in which the process ran
    newestMicros = micros(START);
    ClockGuard guard = start();
    for (int day = 0; day < 100; day++) {
      clocks.pass(Duration.ofDays(1));
      assertThat(guard.tick().isTrusted()).isTrue();
    }
    guard.stop();
    // when
    clocks.passUnseen(Duration.ofHours(1));
    // then
    assertThat(start().state().isTrusted()).isTrue();
  }

  @Test
  void shouldSeeAtARestartThatTheClockIsBeforeTheNewestRecord() {
    run(start(), 60).stop();
    newestMicros = micros(START.plus(Duration.ofHours(2)));
    clocks.passUnseen(Duration.ofHours(1));
    ClockGuard guard = start();
    assertThat(guard.state().cause()).isEqualTo(Cause.CLOCK_WENT_BACK);
    assertThat(guard.erasureNow()).isBeforeOrEqualTo(START.plusSeconds(60));
  }

  @Test
  void shouldGoOnWhenConfirmedAndRememberWho() {
    // given
    ClockGuard guard = run(start(), 60);
    clocks.passUnseen(Duration.ofDays(40));
    guard.tick();
    // when
    Confirmation confirmation = guard.confirm("operator", "the machine was asleep");
    // then
    assertThat(guard.state().isTrusted()).isTrue();
    assertThat(heard)
        .extracting(ClockState::cause)
        .containsExactly(Cause.CLOCK_JUMPED_AHEAD, Cause.TRUSTED);
    run(guard, 60);
    assertThat(guard.erasureNow()).isEqualTo(clocks.truth);
    assertThat(confirmation.state()).startsWith("CLOCK_JUMPED_AHEAD by 40 d");
    ClockGuard again = start();
    assertThat(again.state().isTrusted()).isTrue();
    assertThat(again.confirmations()).containsExactly(confirmation);
  }

  @Test
  void shouldStandStillOverARestart() {
    // given: a jump that a restart alone would not see
    ClockGuard guard = run(start(), 60);
    clocks.turn(Duration.ofDays(2));
    guard.tick();
    Instant still = guard.erasureNow();
    // when: killed and started
    ClockGuard again = run(start(), 600);
    // then
    assertThat(again.state().cause()).isEqualTo(Cause.CLOCK_JUMPED_AHEAD);
    assertThat(again.erasureNow()).isEqualTo(still);
    again.confirm("operator", "it is right");
    assertThat(start().state().isTrusted()).isTrue();
  }

  @Test
  void shouldLetAnOperatorOverruleTheNewestRecord() {
    // given: a record stamped a year ahead
    newestMicros = micros(START.plus(YEAR));
    ClockGuard guard = start();
    assertThat(guard.state().cause()).isEqualTo(Cause.CLOCK_WENT_BACK);
    // when
    guard.confirm("operator", "the clock was wrong when they came");
    // then: that record bears no witness any more, a later one does
    assertThat(start().state().isTrusted()).isTrue();
    newestMicros++;
    assertThat(start().state().cause()).isEqualTo(Cause.CLOCK_WENT_BACK);
  }

  @Test
  void shouldTakeAClockThatWasSetBackAsTrueWhenConfirmed() {
    ClockGuard guard = run(start(), 60);
    clocks.turn(YEAR.negated());
    guard.tick();
    guard.confirm("operator", "it was a year ahead");
    run(guard, 60);
    assertThat(guard.erasureNow()).isEqualTo(clocks.instant());
    assertThat(start().state().isTrusted()).isTrue();
  }

  @Test
  void shouldRefuseAConfirmationOfNothingOrByNobody() {
    ClockGuard guard = run(start(), 60);
    assertThatThrownBy(() -> guard.confirm("operator", "to be sure"))
        .isInstanceOf(ClockException.NothingToConfirm.class);
    clocks.turn(YEAR);
    for (String bad : List.of("", " ", "a\nb", "x".repeat(201))) {
      assertThatThrownBy(() -> guard.confirm(bad, "reason"))
          .isInstanceOf(ClockException.NotExplained.class);
      assertThatThrownBy(() -> guard.confirm("operator", bad))
          .isInstanceOf(ClockException.NotExplained.class);
    }
    assertThat(guard.state().isTrusted()).isFalse();
    assertThat(guard.confirmations()).isEmpty();
  }

  @Test
  void shouldKeepAHundredConfirmations() {
    ClockGuard guard = start();
    for (int i = 0; i < 105; i++) {
      clocks.turn(Duration.ofHours(1));
      guard.confirm("operator", "reason " + i);
    }
    assertThat(guard.confirmations()).hasSize(100);
    assertThat(guard.confirmations().get(99).reason()).isEqualTo("reason 104");
    assertThat(guard.confirmations().get(0).reason()).isEqualTo("reason 5");
  }

  @Test
  void shouldCross2038() {
    // given: 32 bits of seconds end at 03:14:07
    clocks.truth = Instant.parse("2038-01-19T03:14:00Z");
    ClockGuard guard = run(start(), 60);
    assertThat(guard.erasureNow()).isEqualTo(Instant.parse("2038-01-19T03:15:00Z"));
    guard.stop();
    assertThat(start().state().isTrusted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2027-03-28T00:59:30Z", "2027-10-31T00:59:30Z", "2027-12-31T23:59:30Z"})
  void shouldNotNoticeSummerTime(Instant before) {
    clocks.truth = before;
    ClockGuard guard = run(start(), 60);
    assertThat(guard.state().isTrusted()).isTrue();
    assertThat(guard.erasureNow()).isEqualTo(before.plusSeconds(60));
  }

  @Test
  void shouldRefuseBoundsThatGuardNothing() {
    Duration often = Duration.ofSeconds(10);
    assertThatThrownBy(() -> new ClockGuardConfig(YEAR, Duration.ofHours(24), often))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("drift must be PT1S to PT1H");
    assertThatThrownBy(
            () -> new ClockGuardConfig(Duration.ofMinutes(5), Duration.ofHours(25), often))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gap must be PT1M to PT24H");
  }

  private ClockGuard run(ClockGuard guard, int ticks) {
    for (int i = 0; i < ticks; i++) {
      clocks.pass(TICK);
      guard.tick();
    }
    return guard;
  }

  private ClockGuard start() {
    return new ClockGuard(
        ClockGuardConfig.DEFAULT,
        new MachineClocks(clocks, () -> clocks.nanos, clocks::uptime),
        control,
        () -> newestMicros,
        heard::add);
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
