package vellum.core.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BillingDayTest {

  /** Around midnight of zones east and west, with and without summer time. */
  @ParameterizedTest
  @CsvSource({
    "2026-10-31T18:29:59Z, Asia/Kolkata, 22, 2026-10-31",
    "2026-10-31T18:30:00Z, Asia/Kolkata, 22, 2026-11-01",
    "2026-11-15T03:29:59Z, America/St_Johns, -14, 2026-11-14",
    "2026-11-15T03:30:00Z, America/St_Johns, -14, 2026-11-15",
    "2026-07-15T02:30:00Z, America/St_Johns, -10, 2026-07-15",
    "2026-11-15T18:15:00Z, Asia/Kathmandu, 23, 2026-11-16",
    "2026-11-30T10:14:59Z, Pacific/Chatham, 55, 2026-11-30",
    "2026-11-30T10:15:00Z, Pacific/Chatham, 55, 2026-12-01",
    "1969-12-31T23:59:59Z, UTC, 0, 1969-12-31"
  })
  void shouldBeTheDayOfTheZonesCalendar(
      Instant startedAt, ZoneId zone, int quarters, LocalDate expected) {
    int day = BillingDay.of(startedAt.getEpochSecond(), quarters);

    assertThat(LocalDate.ofEpochDay(day)).isEqualTo(expected);
    assertThat(startedAt.atZone(zone).toLocalDate()).isEqualTo(expected);
    YearMonth month = BillingDay.month(day);
    assertThat(month).isEqualTo(YearMonth.from(expected));
    assertThat(day)
        .isGreaterThanOrEqualTo(BillingDay.first(month))
        .isLessThan(BillingDay.end(month));
    assertThat(BillingDay.end(month)).isEqualTo(BillingDay.first(month.plusMonths(1)));
  }
}
