package vellum.core.registry;

/**
 * An offset from UTC and the times at which it holds, so that a record of a time within needs no
 * look-up. Filled by {@link BillingZones}; reused. Not thread-safe.
 */
public final class ZoneSpan {

  private long fromMicros = Long.MAX_VALUE;
  private long toMicros = Long.MIN_VALUE;
  private int quarters;

  /**
   * Takes an offset.
   *
   * @param from first microsecond since the epoch at which it holds
   * @param to first one at which it may not
   * @param offset quarters of an hour, east positive
   */
  public void set(long from, long to, int offset) {
    fromMicros = from;
    toMicros = to;
    quarters = offset;
  }

  /** Makes the offset hold no longer than it does, within the times of something else. */
  public void within(long from, long to) {
    fromMicros = Math.max(fromMicros, from);
    toMicros = Math.min(toMicros, to);
  }

  public boolean holds(long atMicros) {
    return atMicros >= fromMicros && atMicros < toMicros;
  }

  public int quarters() {
    return quarters;
  }
}
