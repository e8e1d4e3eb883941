package vellum.core.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeadlineTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-15T10:00:00Z, 2026-12-15, 2027-02-15",
    "2027-01-31T23:59:59Z, 2027-02-28, 2027-04-30",
    "2028-01-31T00:00:00Z, 2028-02-29, 2028-04-30",
    "2026-11-30T12:00:00Z, 2026-12-30, 2027-02-28",
    "2026-12-31T12:00:00Z, 2027-01-31, 2027-03-31"
  })
  void shouldCountCalendarMonthsFromTheReceipt(
      Instant receivedAt, LocalDate first, LocalDate extended) {
    // when
    Deadline deadline = Deadline.of(receivedAt);
    Deadline longer = deadline.extend(extension(receivedAt));
    // then
    assertThat(deadline.due()).isEqualTo(first);
    assertThat(longer.due()).isEqualTo(extended);
    assertThat(longer.first()).isEqualTo(first);
  }

  @Test
  void shouldBeInTimeUntilTheEndOfTheLastDay() {
    // given
    Deadline deadline = Deadline.of(Instant.parse("2027-01-31T10:00:00Z"));
    // then
    assertThat(deadline.isOver(Instant.parse("2027-02-28T23:59:59.999Z"))).isFalse();
    assertThat(deadline.isOver(Instant.parse("2027-03-01T00:00:00Z"))).isTrue();
  }

  @Test
  void shouldBeExtendedOnceAndInTimeOnly() {
    // given
    Deadline deadline = Deadline.of(Instant.parse("2026-11-15T10:00:00Z"));
    Deadline longer = deadline.extend(extension(Instant.parse("2026-12-15T22:00:00Z")));
    // then
    assertThatThrownBy(() -> longer.extend(extension(Instant.parse("2026-12-15T22:00:00Z"))))
        .isInstanceOf(RequestException.AlreadyExtended.class)
        .hasMessageContaining("2027-02-15");
    assertThatThrownBy(() -> deadline.extend(extension(Instant.parse("2026-12-16T00:00:00Z"))))
        .isInstanceOf(RequestException.ExtendedTooLate.class)
        .hasMessageContaining("2026-12-15");
  }

  private static Deadline.Extension extension(Instant at) {
    return new Deadline.Extension(at, "officer", "many requests");
  }
}
