package vellum.core.record;

import java.time.Instant;

/**
 * Which period a record belongs to, and until when its identities and the rest of it may be kept.
 * Thread-safe.
 */
public interface MonthCalendar {

  /** What has no deadline by any calendar: it lies behind every time that a record may have. */
  Instant NEVER = Instant.parse("9999-12-31T23:59:59.999999Z");

  /**
   * The month of a traffic record. The same for every message about a record: what it is chosen by
   * stands in the header.
   *
   * @param account its customer account
   * @param lawCountry ISO 3166-1 alpha-2 code of the country of law, or empty
   * @param channel number of its {@link vellum.v1.Channel}
   * @param direction number of its {@link vellum.v1.Direction} in the header, 0 when absent
   * @param startedAtMicros when it started, microseconds since the epoch, UTC
   */
  MonthId monthOf(
      AccountId account, String lawCountry, int channel, int direction, long startedAtMicros);

  /**
   * Whether the month of a record depends on its direction, so that a header without one cannot be
   * placed. Asked only then.
   */
  default boolean needsDirection(
      AccountId account, String lawCountry, int channel, long startedAtMicros) {
    return false;
  }

  /**
   * The first instant at which identities of the period must be unreadable. Of usage and content:
   * at which all of it must be.
   */
  Instant identityDeadline(MonthId month);

  /**
   * The first instant at which what is left of the period must be gone: of traffic with its archive
   * year, of usage and content at the {@linkplain #identityDeadline deadline}.
   */
  Instant removal(MonthId month);

  /** The first instant of the month in its class's zone. */
  Instant start(MonthId month);

  /** The first instant after the month in its class's zone. */
  Instant end(MonthId month);
}
