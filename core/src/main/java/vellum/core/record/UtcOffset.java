package vellum.core.record;

import java.time.Duration;

/** How far from UTC a zone may be, and in which steps rows tell how far it is. */
public final class UtcOffset {

  /** Farthest that any zone's midnight is from that of UTC: {@link java.time.ZoneOffset#MAX}. */
  public static final Duration WIDEST = Duration.ofHours(18);

  /** {@link #WIDEST} in seconds. */
  public static final long WIDEST_SECONDS = 18 * 3600;

  /** Seconds of a quarter of an hour: rows count offsets in quarters. */
  public static final int QUARTER_SECONDS = 900;

  private UtcOffset() {}
}
