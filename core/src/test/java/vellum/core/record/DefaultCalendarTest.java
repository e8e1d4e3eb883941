package vellum.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The source's rule: twelve months after the last day of the month of the communication. */
final class DefaultCalendarTest {

  private final DefaultCalendar calendar = new DefaultCalendar();

  @ParameterizedTest
  @CsvSource({
    "2025-03.default, 2026-04-01T00:00:00Z",
    "2027-02.default, 2028-02-29T00:00:00Z",
    "2028-02.default, 2029-03-01T00:00:00Z",
    "2025-12.default, 2027-01-01T00:00:00Z",
  })
  void shouldEraseIdentitiesTheDayAfterTwelveMonths(String month, String deadline) {
    assertThat(calendar.identityDeadline(MonthId.parse(month))).isEqualTo(Instant.parse(deadline));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-30T23:59:59.999999Z, 2026-11.default",
    "2026-12-01T00:00:00Z, 2026-12.default",
    "2024-02-29T12:00:00Z, 2024-02.default",
  })
  void shouldPutARecordIntoTheMonthOfUtc(String startedAt, String month) {
    Instant instant = Instant.parse(startedAt);
    long micros = instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;

    assertThat(calendar.monthOf(AccountId.of("a"), "DE", 1, 0, micros))
        .isEqualTo(MonthId.parse(month));
  }
}
