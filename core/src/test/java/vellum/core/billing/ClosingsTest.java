package vellum.core.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import vellum.core.billing.Closings.Closed;
import vellum.core.billing.Closings.Interval;

final class ClosingsTest {

  private static final Party ACME = new Party(Cube.SALE, "acme");
  private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

  private static int day(int month, int day) {
    return (int) LocalDate.of(2026, month, day).toEpochDay();
  }

  @Test
  void shouldDecideByTheSequenceOfTheMessage() {
    Closings closings =
        Closings.NONE.with(
            List.of(
                new Closed(
                    ACME,
                    OCTOBER,
                    List.of(new Interval(10, 20), new Interval(30, Interval.STILL_CLOSED)))));
    assertThat(closings.isClosed(ACME, OCTOBER, 10)).isFalse();
    assertThat(closings.wasClosed(ACME, OCTOBER, 10)).isFalse();
    assertThat(closings.isClosed(ACME, OCTOBER, 11)).isTrue();
    assertThat(closings.isClosed(ACME, OCTOBER, 20)).isTrue();
    assertThat(closings.isClosed(ACME, OCTOBER, 21)).as("reopened").isFalse();
    assertThat(closings.wasClosed(ACME, OCTOBER, 21)).isTrue();
    assertThat(closings.isClosed(ACME, OCTOBER, 31)).isTrue();
  }

  @Test
  void shouldPostToTheFirstOpenPeriodOfTheParty() {
    Closings closings =
        Closings.NONE.with(
            List.of(
                new Closed(ACME, OCTOBER, List.of(new Interval(10, Interval.STILL_CLOSED))),
                new Closed(ACME, NOVEMBER, List.of(new Interval(50, Interval.STILL_CLOSED)))));
    assertThat(closings.firstOpen(ACME, OCTOBER, 10)).isEqualTo(OCTOBER);
    assertThat(closings.firstOpen(ACME, OCTOBER, 50)).isEqualTo(NOVEMBER);
    assertThat(closings.firstOpen(ACME, OCTOBER, 51)).isEqualTo(NOVEMBER.plusMonths(1));
    assertThat(closings.firstOpen(new Party(Cube.COST, "acme"), OCTOBER, 51)).isEqualTo(OCTOBER);
  }

  @Test
  void shouldNotLookAtDaysBehindTheNewestClosedMonth() {
    Closings closings =
        Closings.NONE.with(
            List.of(new Closed(ACME, OCTOBER, List.of(new Interval(10, Interval.STILL_CLOSED)))));
    assertThat(Closings.NONE.mayTouch(0)).isFalse();
    assertThat(closings.mayTouch(day(10, 31))).isTrue();
    assertThat(closings.mayTouch(day(11, 1))).isFalse();
  }

  @Test
  void shouldForgetYearsThatAreGone() {
    Closings closings =
        Closings.NONE.with(
            List.of(
                new Closed(
                    ACME,
                    YearMonth.of(2025, 12),
                    List.of(new Interval(1, Interval.STILL_CLOSED))),
                new Closed(ACME, OCTOBER, List.of(new Interval(1, Interval.STILL_CLOSED)))));
    assertThat(closings.without(2025).wasClosed(ACME, YearMonth.of(2025, 12), 9)).isFalse();
    assertThat(closings.without(2025).wasClosed(ACME, OCTOBER, 9)).isTrue();
  }

  @Test
  void shouldRefuseAnIntervalThatEndsBeforeItBegins() {
    assertThatThrownBy(() -> new Interval(10, 9)).isInstanceOf(IllegalArgumentException.class);
  }
}
