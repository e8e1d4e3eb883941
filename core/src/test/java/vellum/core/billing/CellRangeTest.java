package vellum.core.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CellRangeTest {

  private static int day(String text) {
    return (int) LocalDate.parse(text).toEpochDay();
  }

  private static CellRange range(String from, String to) {
    return new CellRange(Cube.SALE, "a", day(from), day(to));
  }

  private static String shown(CellRange part) {
    return LocalDate.ofEpochDay(part.fromDay())
        + (part.isByMonth() ? " = " : " - ")
        + LocalDate.ofEpochDay(part.toDay());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-10-01, 2026-11-01, 2026-10-01 = 2026-11-01",
    "2025-10-01, 2026-10-01, 2025-10-01 = 2026-10-01",
    "2026-10-01, 2026-10-31, 2026-10-01 - 2026-10-31",
    "2026-10-02, 2026-11-01, 2026-10-02 - 2026-11-01",
    "2026-10-31, 2026-11-30, 2026-10-31 - 2026-11-30",
    "2026-09-30, 2026-11-01, 2026-09-30 - 2026-10-01; 2026-10-01 = 2026-11-01",
    "2026-10-01, 2026-11-02, 2026-10-01 = 2026-11-01; 2026-11-01 - 2026-11-02",
    "2026-01-15, 2026-04-15,"
        + " 2026-01-15 - 2026-02-01; 2026-02-01 = 2026-04-01; 2026-04-01 - 2026-04-15"
  })
  void shouldTakeWholeMonthsByMonth(String from, String to, String expected) {
    assertThat(range(from, to).months().stream().map(CellRangeTest::shown).toList())
        .containsExactly(expected.split("; "));
    assertThat(range(from, to).months()).allMatch(part -> "a".equals(part.party()));
  }

  @Test
  void shouldNotTakePartsOfMonthsByMonth() {
    assertThatThrownBy(() -> range("2026-10-01", "2026-10-31").byMonth())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not whole months");
  }

  @Test
  void shouldReadByDayForWhoAsksForDays() {
    CellFilter filter =
        CellFilter.of(Cube.SALE, LocalDate.parse("2026-10-01"), LocalDate.parse("2026-11-01"));
    assertThat(filter.ranges(List.of(Dimension.MONTH))).allMatch(CellRange::isByMonth);
    assertThat(filter.with(Dimension.MONTH, "2026-10").ranges(List.of()))
        .allMatch(CellRange::isByMonth);
    assertThat(filter.ranges(List.of(Dimension.DAY))).noneMatch(CellRange::isByMonth);
    assertThat(filter.with(Dimension.DAY, "2026-10-05").ranges(List.of()))
        .noneMatch(CellRange::isByMonth);
  }
}
