package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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

  static Stream<Arguments> restarts() {
    return Stream.of(
        arguments(Duration.ofMinutes(1), Duration.ZERO, Cause.TRUSTED),
        arguments(Duration.ofDays(3), Duration.ZERO, Cause.TRUSTED),
        arguments(Duration.ofDays(7), Duration.ZERO, Cause.TRUSTED),
        arguments(Duration.ofDays(7).plusSeconds(1), Duration.ZERO, Cause.LONG_GAP),
        arguments(Duration.ofDays(30), Duration.ZERO, Cause.LONG_GAP),
        arguments(Duration.ofMinutes(1), YEAR, Cause.LONG_GAP),
        arguments(Duration.ofMinutes(1), Duration.ofMinutes(-5), Cause.TRUSTED),
        arguments(Duration.ofMinutes(1), Duration.ofMinutes(-7), Cause.CLOCK_WENT_BACK),
        arguments(Duration.ofMinutes(1), YEAR.negated(), Cause.CLOCK_WENT_BACK));
  }

  @ParameterizedTest
  @MethodSource("restarts")
  void shouldCompareTheClockWithTheLastOneAtAStart(Duration down, Duration by, Cause cause) {
    // given
    run(start(), 60).stop();
    Instant last = clocks.truth;
    // when
    clocks.passUnseen(down);
    clocks.turn(by);
    clocks.nanos = 17;
    ClockGuard guard = start();
    // then
    assertThat(guard.state().cause()).isEqualTo(cause);
    assertThat(guard.erasureNow())
        .isEqualTo(cause == Cause.TRUSTED ? clocks.instant() : earlier(last, clocks.instant()));
    assertThat(heard).hasSize(cause == Cause.TRUSTED ? 0 : 1);
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
    "P-6D, TRUSTED",
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
    assertThatThrownBy(() -> new ClockGuardConfig(YEAR, Duration.ofDays(7), Duration.ofSeconds(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("drift must be PT1S to PT1H");
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
        clocks,
        () -> clocks.nanos,
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
