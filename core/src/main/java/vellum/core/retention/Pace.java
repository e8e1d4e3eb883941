package vellum.core.retention;

import java.util.function.LongSupplier;

/**
 * The share of time that rewriting may take, so that ingest keeps at least nine tenths of its rate.
 * On an idle machine rewriting runs all the time. While records arrive it works one tenth of the
 * time: two threads of a two-core machine then lose at most a twentieth of a core to it, and
 * compaction of what it writes runs at lower priority. While the applier is behind, it works one
 * part in fifty: enough that a month of a billion records is done in days, not enough to be what
 * the applier waits for. For one thread.
 *
 * <pre>
 *   state    when                                          share
 *   idle     under 2,000 messages a second applied         all
 *   busy     otherwise                                     1/10
 *   behind   more than 64 MiB of journal not yet applied   1/50
 * </pre>
 */
public final class Pace {

  static final long IDLE_RATE = 2_000;
  static final long BEHIND_BYTES = 64L << 20;
  static final int BUSY_PART = 10;
  static final int BEHIND_PART = 50;

  private static final long LOOK_NANOS = 200_000_000;
  private static final long SECOND = 1_000_000_000;

  private final LongSupplier messages;
  private final LongSupplier behindBytes;
  private final LongSupplier nanoClock;
  private long lookedAt;
  private long lookedMessages;
  private int part = 1;
  private long nextAt;

  /**
   * @param messages applied so far by this process
   * @param behindBytes bytes of journal that are appended and not applied
   * @param nanoClock monotonic nanoseconds
   */
  public Pace(LongSupplier messages, LongSupplier behindBytes, LongSupplier nanoClock) {
    this.messages = messages;
    this.behindBytes = behindBytes;
    this.nanoClock = nanoClock;
    this.lookedAt = nanoClock.getAsLong();
    this.lookedMessages = messages.getAsLong();
    this.nextAt = lookedAt;
  }

  /** A pace that never waits. */
  public static Pace full() {
    return new Pace(() -> 0, () -> 0, () -> 0);
  }

  /** Whether a step may be taken now. */
  boolean mayWork() {
    long now = nanoClock.getAsLong();
    look(now);
    return part == 1 || now - nextAt >= 0;
  }

  /** A step took so long: the next one waits in proportion. */
  void worked(long nanos) {
    nextAt = nanoClock.getAsLong() + nanos * (part - 1);
  }

  /** One part in how many of the time is worked: 1, 10 or 50. */
  int part() {
    return part;
  }

  private void look(long now) {
    long elapsed = now - lookedAt;
    if (elapsed < LOOK_NANOS) {
      return;
    }
    long applied = messages.getAsLong();
    boolean busy = (applied - lookedMessages) * (double) SECOND / elapsed >= IDLE_RATE;
    lookedAt = now;
    lookedMessages = applied;
    if (behindBytes.getAsLong() > BEHIND_BYTES) {
      part = BEHIND_PART;
    } else {
      part = busy ? BUSY_PART : 1;
    }
  }
}
