package vellum.ingest.metrics;

import java.util.ArrayDeque;

/**
 * How long the oldest entry of the journal that is not applied has been waiting, to the second in
 * which samples are taken. The time at which an entry was appended would not do: behind an idle
 * hour the next entry would look an hour old. Not thread-safe.
 */
final class LagClock {

  /** More than an hour of samples; what comes later is younger than what is kept. */
  private static final int MOST = 4_096;

  private final ArrayDeque<Seen> seen = new ArrayDeque<>();

  /** Up to where the journal was forced, when that was first seen. */
  private record Seen(long forced, long atNanos) {}

  /**
   * Nanoseconds that the applier is behind.
   *
   * @param forced journal sequence up to which there is something to apply
   * @param applied journal sequence up to which it is applied
   */
  long behindNanos(long forced, long applied, long nowNanos) {
    while (!seen.isEmpty() && seen.element().forced <= applied) {
      seen.remove();
    }
    if (applied >= forced) {
      return 0;
    }
    if (seen.size() < MOST && (seen.isEmpty() || seen.getLast().forced < forced)) {
      seen.add(new Seen(forced, nowNanos));
    }
    return nowNanos - seen.element().atNanos;
  }
}
