package vellum.core.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How often each of many may do something: as many times at once as a minute allows, then once
 * every so often. Keeps those that did it last, a bounded number; who is forgotten begins anew.
 * Thread-safe.
 */
public final class RateLimit {

  /** Names that are remembered at most. */
  static final int MOST_NAMES = 10_000;

  private static final long BURST_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final int perMinute;
  private final long stepNanos;
  private final LongSupplier nanos;

  /** By name, when all it did will have been forgotten. */
  private final Map<String, Long> forgottenAt = new Latest();

  private static final class Latest extends LinkedHashMap<String, Long> {
    private static final long serialVersionUID = 1L;

    Latest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > MOST_NAMES;
    }
  }

  /**
   * Nobody did anything yet.
   *
   * @param perMinute how often, at least 1
   * @param nanos a monotonic clock
   */
  public RateLimit(int perMinute, LongSupplier nanos) {
    this.perMinute = perMinute;
    this.stepNanos = BURST_NANOS / perMinute;
    this.nanos = nanos;
  }

  /** How often each may do it in a minute. */
  public int perMinute() {
    return perMinute;
  }

  /**
   * Does it once, or finds that it is too early; that costs nothing.
   *
   * @return milliseconds until it may be done, at least 1; 0: it is done
   */
  public synchronized long take(String name) {
    long now = nanos.getAsLong();
    long waitMs = waitMs(name, now);
    if (waitMs == 0) {
      forgottenAt.put(name, start(name, now) + stepNanos);
    }
    return waitMs;
  }

  /** Milliseconds until it may be done, 0 when it may now; it is not done. */
  public synchronized long waitMs(String name) {
    return waitMs(name, nanos.getAsLong());
  }

  private long waitMs(String name, long now) {
    long excess = start(name, now) + stepNanos - now - BURST_NANOS;
    return excess > 0 ? TimeUnit.NANOSECONDS.toMillis(excess) + 1 : 0;
  }

  private long start(String name, long now) {
    Long known = forgottenAt.get(name);
    return known == null || known - now < 0 ? now : known;
  }

  /** Names that are remembered. */
  synchronized int size() {
    return forgottenAt.size();
  }
}
