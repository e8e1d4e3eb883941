package vellum.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.YearMonth;
import org.junit.jupiter.api.Test;

final class CasePeriodsTest {

  private static final YearMonth MONTH = YearMonth.of(2026, 11);

  @Test
  void shouldNameWhatBelongsToCases() {
    // when
    MonthId hold = MonthId.hold(MONTH, "7r3kx9pw");
    MonthId secret = MonthId.caseKey(MONTH, "4f7k2q9m");
    MonthId trail = MonthId.trail(MONTH);

    // then
    assertThat(hold).hasToString("2026-11.hold-7r3kx9pw");
    assertThat(MonthId.parse(hold.toString()).kind()).isEqualTo(MonthId.Kind.HOLD);
    assertThat(MonthId.parse(secret.toString()).kind()).isEqualTo(MonthId.Kind.CASE);
    assertThat(MonthId.parse(trail.toString()).kind()).isEqualTo(MonthId.Kind.TRAIL);
    assertThat(hold.isOfCase() && secret.isOfCase() && trail.isOfCase()).isTrue();
    assertThat(hold.holdsRecords()).isTrue();
    assertThat(secret.holdsRecords() || trail.holdsRecords()).isFalse();
  }

  @Test
  void shouldKeepTheirNamesFromClasses() {
    // then
    assertThat(MonthId.isClassName("hold-7r3kx9pw")).isFalse();
    assertThat(MonthId.isClassName("case-4f7k2q9m")).isFalse();
    assertThat(MonthId.isClassName("trail")).isFalse();
    assertThat(MonthId.isClassName("hold-music")).isTrue();
    assertThat(MonthId.parse("2026-11.hold-music").kind()).isEqualTo(MonthId.Kind.TRAFFIC);
  }

  @Test
  void shouldRefuseOtherNames() {
    // then: i, l, o and u are no digits of Crockford's base 32
    assertThatThrownBy(() -> MonthId.hold(MONTH, "7r3kx9pu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must match");
    assertThatThrownBy(() -> MonthId.caseKey(MONTH, "4F7K2Q9M"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldGiveThemNoDeadline() {
    // given
    DefaultCalendar calendar = new DefaultCalendar();

    // then
    for (MonthId one :
        new MonthId[] {
          MonthId.hold(MONTH, "7r3kx9pw"), MonthId.caseKey(MONTH, "4f7k2q9m"), MonthId.trail(MONTH)
        }) {
      assertThat(calendar.identityDeadline(one)).isEqualTo(MonthCalendar.NEVER);
      assertThat(calendar.removal(one)).isEqualTo(MonthCalendar.NEVER);
    }
  }
}
