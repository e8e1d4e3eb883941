package vellum.core.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import vellum.core.retention.ClockState.Cause;
import vellum.core.store.Store;
import vellum.core.store.StoreException;
import vellum.core.store.Table;

/**
 * The clock by which it may be decided that something is due: nothing is ever erased because a
 * clock jumped. Thread-safe.
 *
 * <p>While the process runs, a trusted instant goes forward with the monotonic clock. It is drawn
 * towards the wall clock by at most 1/5000 of the time that passes, so that steps of the wall clock
 * add up to hours a year and not more, however small each is. When the two differ by more than
 * {@code drift}, the guard stands still, over restarts too, until somebody confirms the wall clock.
 *
 * <p>At a start the wall clock is compared with the last trusted instant on the disk, or with the
 * newest applied record when that is later: before it is {@code CLOCK_WENT_BACK}, too long after it
 * is {@code LONG_GAP}. How long the process was down nobody measures, so a wrong clock within
 * {@code gap} is believed. A first start without records believes the wall clock. That no traffic
 * comes is no reason to wait.
 *
 * <p>A machine that sleeps, or a virtual machine that was suspended, stops its monotonic clock on
 * Linux: that looks as if the wall clock had jumped ahead, and waits for the operator.
 */
public final class ClockGuard {

  /** In the control store. */
  public static final Table TABLE = ClockMemory.TABLE;

  /** What the supplier of the newest record's instant gives when there is none. */
  public static final long NO_RECORD = Long.MIN_VALUE;

  /** Nanoseconds of time for one nanosecond of correction: 200 ppm, a poor crystal's error. */
  private static final long NANOS_PER_CORRECTION = 5_000;

  /** Two readings of the monotonic clock within it are one moment. */
  private static final long MOMENT_NANOS = 1_000_000_000;

  private static final int MAX_READINGS = 5;

  private final ClockGuardConfig config;
  private final InstantSource wall;
  private final LongSupplier nanos;
  private final LongSupplier newestMicros;
  private final ClockMemory memory;
  private final Consumer<ClockState> listener;

  /** What is trusted at {@link #anchorNanos}; stays as it is while the guard stands still. */
  private Instant trusted;

  private long anchorNanos;
  private long writtenNanos;
  private boolean stopUnwritten;
  private ClockState state;

  /**
   * Compares the wall clock with what is remembered.
   *
   * @param nanos monotonic clock, as {@link System#nanoTime}
   * @param newestMicros when the newest applied record was appended, in microseconds since the
   *     epoch, or {@link #NO_RECORD}
   * @param listener told of each change of the cause, within the call that found it; must not call
   *     back
   */
  public ClockGuard(
      ClockGuardConfig config,
      InstantSource wall,
      LongSupplier nanos,
      Store control,
      LongSupplier newestMicros,
      Consumer<ClockState> listener) {
    this.config = config;
    this.wall = wall;
    this.nanos = nanos;
    this.newestMicros = newestMicros;
    this.memory = new ClockMemory(control);
    this.listener = listener;
    Reading reading = read();
    Instant now = reading.wall;
    this.trusted = now;
    this.anchorNanos = reading.nanos;
    this.writtenNanos = anchorNanos;
    this.state = trusted(now);
    start(now);
  }

  /**
   * The instant that erasing decisions may use: never after the wall clock, and never after what
   * the monotonic clock bears out. What is due at it is due by any clock that is trusted.
   */
  public synchronized Instant erasureNow() {
    if (!state.isTrusted()) {
      return trusted;
    }
    Reading at = read();
    return earlier(at.wall, trusted.plusNanos(elapsed(at.nanos)));
  }

  /**
   * Compares the clocks, and writes the trusted instant from time to time. To be called every few
   * seconds. A disk that refuses changes nothing but that it is written later.
   */
  public synchronized ClockState tick() {
    observe();
    long now = nanos.getAsLong();
    if (stopUnwritten || now - writtenNanos >= config.writeEvery().toNanos()) {
      write();
    }
    return state;
  }

  /** Writes the trusted instant. For the end of the process. */
  public synchronized void stop() {
    observe();
    write();
  }

  /** What the last {@link #tick} found. */
  public synchronized ClockState state() {
    return state;
  }

  /**
   * Takes the wall clock as true from now on, durably.
   *
   * @param who 1 to 64 characters
   * @param reason 1 to 200 characters
   * @throws ClockException.NothingToConfirm when the clock is trusted
   * @throws ClockException.NotExplained when who or reason is missing or too long
   */
  public synchronized Confirmation confirm(String who, String reason) {
    observe();
    if (state.isTrusted()) {
      throw new ClockException.NothingToConfirm();
    }
    Reading reading = read();
    Instant now = reading.wall;
    Confirmation confirmation = new Confirmation(now, who, reason, state.text());
    memory.writeConfirmed(confirmation, newestMicros.getAsLong());
    trusted = now;
    anchorNanos = reading.nanos;
    writtenNanos = anchorNanos;
    stopUnwritten = false;
    change(trusted(now));
    return confirmation;
  }

  /** The last hundred confirmations, the earliest first. */
  public synchronized List<Confirmation> confirmations() {
    return memory.confirmations();
  }

  private void start(Instant now) {
    Optional<ClockMemory.Stopped> stopped = memory.stopped();
    Optional<Instant> last = memory.last();
    Optional<Instant> record = newestRecord();
    if (stopped.isPresent()) {
      Instant before = stopped.get().trusted();
      trusted = earlier(before, now);
      change(new ClockState(stopped.get().cause(), Duration.between(before, now), now, trusted));
      return;
    }
    Optional<Instant> reference =
        last.isPresent() && record.isPresent()
            ? Optional.of(later(last.get(), record.get()))
            : last.or(() -> record);
    if (reference.isPresent()) {
      Duration by = Duration.between(reference.get(), now);
      Instant floor = earlier(last.orElse(reference.get()), now);
      if (by.compareTo(config.drift().negated()) < 0) {
        stand(Cause.CLOCK_WENT_BACK, by, now, floor);
      } else if (by.compareTo(config.gap()) > 0) {
        stand(Cause.LONG_GAP, by, now, floor);
      }
    }
    write();
  }

  private void observe() {
    if (!state.isTrusted()) {
      return;
    }
    Reading reading = read();
    Instant now = reading.wall;
    long at = reading.nanos;
    long elapsed = elapsed(at);
    Instant expected = trusted.plusNanos(elapsed);
    Duration off = Duration.between(expected, now);
    if (off.abs().compareTo(config.drift()) > 0) {
      Cause cause = off.isNegative() ? Cause.CLOCK_WENT_BACK : Cause.CLOCK_JUMPED_AHEAD;
      stand(cause, off, now, earlier(expected, now));
      return;
    }
    long most = elapsed / NANOS_PER_CORRECTION;
    trusted = expected.plusNanos(Math.max(-most, Math.min(most, off.toNanos())));
    anchorNanos = at;
    state = trusted(earlier(trusted, now));
  }

  private void stand(Cause cause, Duration by, Instant now, Instant floor) {
    trusted = floor;
    stopUnwritten = true;
    change(new ClockState(cause, by, now, floor));
  }

  private void change(ClockState next) {
    state = next;
    listener.accept(next);
  }

  private void write() {
    try {
      if (state.isTrusted()) {
        memory.writeLast(erasureNow());
      } else {
        memory.writeStopped(new ClockMemory.Stopped(state.cause(), trusted));
      }
      stopUnwritten = false;
      writtenNanos = nanos.getAsLong();
    } catch (StoreException e) {
      // The store says so itself; an older instant on the disk makes a later start more careful.
    }
  }

  /** The record that bears witness, unless an operator has overruled it. */
  private Optional<Instant> newestRecord() {
    long micros = newestMicros.getAsLong();
    return micros == NO_RECORD || micros <= memory.overruledMicros()
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  /** Both clocks at one moment. */
  private record Reading(Instant wall, long nanos) {}

  /**
   * Reads both clocks, again when the process was held up in between: the time that it stood still
   * would look like a difference of the two.
   */
  private Reading read() {
    long before = nanos.getAsLong();
    for (int tries = 1; ; tries++) {
      Instant now = wall.instant();
      long after = nanos.getAsLong();
      if (after - before < MOMENT_NANOS || tries == MAX_READINGS) {
        return new Reading(now, after);
      }
      before = after;
    }
  }

  private long elapsed(long at) {
    return Math.max(0, at - anchorNanos);
  }

  private ClockState trusted(Instant now) {
    return new ClockState(Cause.TRUSTED, Duration.ZERO, wall.instant(), now);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
