package vellum.core.record;

import java.time.Instant;

/**
 * Which month and retention class a record belongs to, and until when that month's identities may
 * be kept. Thread-safe.
 */
public interface MonthCalendar {

  /**
   * The month of a record.
   *
   * @param account its customer account
   * @param lawCountry ISO 3166-1 alpha-2 code of the country of law, or empty
   * @param channel number of its {@link vellum.v1.Channel}
   * @param startedAtMicros when it started, microseconds since the epoch, UTC
   */
  MonthId monthOf(AccountId account, String lawCountry, int channel, long startedAtMicros);

  /** The first instant at which identities of the month must be unreadable. */
  Instant identityDeadline(MonthId month);

  /** The first instant of the month in its class's zone. */
  Instant start(MonthId month);

  /** The first instant after the month in its class's zone. */
  Instant end(MonthId month);
}
