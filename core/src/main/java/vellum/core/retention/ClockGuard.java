package vellum.core.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import vellum.core.retention.ClockState.Cause;
import vellum.core.retention.MachineClocks.Reading;
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
 * <p>A stop is measured where the machine tells its {@link Uptime} and was not booted meanwhile:
 * over a restart time goes on from the last trusted instant by the uptime, and the wall clock must
 * agree within {@code drift}, however long the stop was. How long any other stop was only the wall
 * clock says, which may be wrong: time goes on from the last trusted instant as if there had been
 * no stop. The guard is then behind the wall clock, several stops add up, and so it stays until
 * somebody confirms the wall clock: what is due goes later by that, nothing goes earlier. When it
 * would be behind by more than {@code gap}, it stands still: {@code LONG_GAP}. A wall clock before
 * the last one it showed, or before the newest applied record, is {@code CLOCK_WENT_BACK}.
 *
 * <p>A first start believes the wall clock, within {@code gap} after the newest record if there are
 * records. That no traffic comes is no reason to wait.
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

  private final ClockGuardConfig config;
  private final MachineClocks clocks;
  private final LongSupplier newestMicros;
  private final ClockMemory memory;
  private final Consumer<ClockState> listener;

  /** What is trusted at {@link #anchorNanos}; stays as it is while the guard stands still. */
  private Instant trusted;

  /** How far the wall clock is expected to be ahead of that. */
  private Duration behind = Duration.ZERO;

  private long anchorNanos;
  private long writtenNanos;
  private boolean stopUnwritten;
  private ClockState state;

  /**
   * Compares the wall clock with what is remembered.
   *
   * @param newestMicros when the newest applied record was appended, in microseconds since the
   *     epoch, or {@link #NO_RECORD}
   * @param listener told of each change of the cause, within the call that found it; must not call
   *     back
   */
  public ClockGuard(
      ClockGuardConfig config,
      MachineClocks clocks,
      Store control,
      LongSupplier newestMicros,
      Consumer<ClockState> listener) {
    this.config = config;
    this.clocks = clocks;
    this.newestMicros = newestMicros;
    this.memory = new ClockMemory(control);
    this.listener = listener;
    // The uptime first: what goes by until the clocks are read makes the stop shorter, not longer.
    Optional<Uptime> uptime = clocks.uptime().get();
    Reading reading = clocks.read();
    this.trusted = reading.wall();
    this.anchorNanos = reading.nanos();
    this.writtenNanos = anchorNanos;
    this.state = trusted(trusted);
    start(reading.wall(), uptime);
  }

  /**
   * The instant that erasing decisions may use: never after the wall clock, and never after what
   * the monotonic clock bears out. What is due at it is due by any clock that is trusted.
   */
  public synchronized Instant erasureNow() {
    if (!state.isTrusted()) {
      return trusted;
    }
    Reading at = clocks.read();
    return earlier(at.wall(), trusted.plusNanos(elapsed(at.nanos())));
  }

  /**
   * Compares the clocks, and writes the trusted instant from time to time. To be called every few
   * seconds. A disk that refuses changes nothing but that it is written later.
   */
  public synchronized ClockState tick() {
    if (!state.isTrusted()) {
      state = state.at(clocks.wall().instant());
    }
    observe();
    long now = clocks.nanos().getAsLong();
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
   * Takes the wall clock as true from now on, durably: goes on, and catches up.
   *
   * @param who 1 to 64 characters
   * @param reason 1 to 200 characters
   * @throws ClockException.NothingToConfirm when the clock is trusted, and the guard not behind it
   *     by a second
   * @throws ClockException.NotExplained when who or reason is missing or too long
   */
  public synchronized Confirmation confirm(String who, String reason) {
    observe();
    if (!state.isConfirmable()) {
      throw new ClockException.NothingToConfirm();
    }
    Reading reading = clocks.read();
    Instant now = reading.wall();
    Confirmation confirmation = new Confirmation(now, who, reason, state.text());
    memory.writeConfirmed(confirmation, clocks.uptime().get(), newestMicros.getAsLong());
    trusted = now;
    behind = Duration.ZERO;
    anchorNanos = reading.nanos();
    writtenNanos = anchorNanos;
    stopUnwritten = false;
    change(trusted(now));
    return confirmation;
  }

  /** The last hundred confirmations, the earliest first. */
  public synchronized List<Confirmation> confirmations() {
    return memory.confirmations();
  }

  private void start(Instant now, Optional<Uptime> uptime) {
    Optional<ClockMemory.Stopped> stopped = memory.stopped();
    if (stopped.isPresent()) {
      Instant before = stopped.get().trusted();
      Duration by = Duration.between(before, now);
      trusted = earlier(before, now);
      change(new ClockState(stopped.get().cause(), by, now, trusted, Duration.ZERO));
      return;
    }
    ClockStart found =
        ClockStart.of(config, new ClockStart.Known(memory.last(), newestRecord(), now, uptime));
    if (found.cause() == Cause.TRUSTED) {
      trusted = found.trusted();
      behind = found.behind();
      state = trusted(trusted);
    } else {
      stand(found.cause(), found.by(), now, found.trusted());
    }
    write();
  }

  private void observe() {
    if (!state.isTrusted()) {
      return;
    }
    Reading reading = clocks.read();
    Instant now = reading.wall();
    long at = reading.nanos();
    long elapsed = elapsed(at);
    Instant expected = trusted.plusNanos(elapsed);
    Duration off = Duration.between(expected.plus(behind), now);
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
    behind = Duration.ZERO;
    stopUnwritten = true;
    change(new ClockState(cause, by, now, floor, Duration.ZERO));
  }

  private void change(ClockState next) {
    state = next;
    listener.accept(next);
  }

  private void write() {
    try {
      if (state.isTrusted()) {
        // The uptime last: what goes by in between makes a stop from here on shorter, not longer.
        Instant last = erasureNow();
        memory.writeLast(new ClockMemory.Last(last, behind, clocks.uptime().get()));
      } else {
        memory.writeStopped(new ClockMemory.Stopped(state.cause(), trusted));
      }
      stopUnwritten = false;
      writtenNanos = clocks.nanos().getAsLong();
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

  private long elapsed(long at) {
    return Math.max(0, at - anchorNanos);
  }

  private ClockState trusted(Instant now) {
    return new ClockState(Cause.TRUSTED, Duration.ZERO, clocks.wall().instant(), now, behind);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
