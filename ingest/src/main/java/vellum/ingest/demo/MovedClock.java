package vellum.ingest.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;

/**
 * A wall clock and the monotonic clock that goes with it, both moved by as much against real time:
 * for those who compare the two it is as if the time had gone by. Thread-safe: a thread that asks
 * the wall clock and then the monotonic one gets two times of one moment, also when the clocks are
 * moved in between.
 */
public final class MovedClock implements InstantSource {

  private final InstantSource real;
  private final LongSupplier realNanos;

  /** By how much the wall clock was ahead when a thread asked it last. */
  private final Map<Thread, Duration> seen = Collections.synchronizedMap(new WeakHashMap<>());

  private volatile Duration ahead;

  /** By how much the wall clock alone is wrong. */
  private volatile Duration wrong = Duration.ZERO;

  /**
   * Clocks that show another time, and go on from there.
   *
   * @param real wall clock
   * @param realNanos monotonic clock
   */
  public MovedClock(InstantSource real, LongSupplier realNanos, Instant start) {
    this.real = real;
    this.realNanos = realNanos;
    this.ahead = Duration.between(real.instant(), start);
  }

  @Override
  public Instant instant() {
    Duration now = ahead;
    seen.put(Thread.currentThread(), now);
    return real.instant().plus(now).plus(wrong);
  }

  /** The monotonic clock, in nanoseconds; starts anywhere, as {@link System#nanoTime} does. */
  public long nanos() {
    Duration last = seen.get(Thread.currentThread());
    return realNanos.getAsLong() + (last == null ? ahead : last).toNanos();
  }

  /** Makes the wall clock wrong by so much; the monotonic one is not. */
  public void setWrongBy(Duration difference) {
    wrong = difference;
  }

  /** Moves both clocks to a later time; an earlier one leaves them as they are. */
  public void moveTo(Instant time) {
    Duration next = Duration.between(real.instant(), time);
    if (next.compareTo(ahead) > 0) {
      ahead = next;
    }
  }
}
