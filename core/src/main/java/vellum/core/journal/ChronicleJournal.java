package vellum.core.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import vellum.core.disk.Disk;
import vellum.core.seal.SealedBatch;

/**
 * The journal on Chronicle Queue: a directory of {@linkplain SegmentFiles segments}, of which one
 * process writes the last.
 *
 * <pre>
 *   callers ──▶ ring ──▶ appender ──▶ segment's queue ──▶ tails, up to what is forced
 *                           │ sequence, stream, fence          ▲
 *                           └──▶ waiting ──▶ forcer ── force ──┘──▶ receipts
 * </pre>
 *
 * <p>Chronicle is used for what it does well, the append. Durability, checksums, the end of a
 * segment and recovery are ours, and each has its reason in the class that does it.
 *
 * <p>Who opens it gives two threads to {@link #appender} and {@link #forcer}, stops them, then
 * closes. A journal whose {@link #admission} says FAILED is closed and opened again, or the process
 * ended. Thread-safe.
 */
public final class ChronicleJournal implements Journal {

  private static final int MAX_DECISION_BYTES = 64 * 1_024;
  private static final int[] NO_REJECTIONS = {};
  private static final long MAX_SEQUENCE = Long.MAX_VALUE / 2;

  private final JournalSetup setup;
  private final DataLock lock;
  private final Progress progress;
  private final SegmentList segments;
  private final EntryLog log;
  private final Counters counters = new Counters();
  private final ForceWorker forcer;
  private final AppendWorker appender;

  private ChronicleJournal(
      JournalSetup setup, DataLock lock, Recovery.Found found, StreamStates states)
      throws IOException {
    this.setup = setup;
    this.lock = lock;
    progress = new Progress(found.last());
    segments = new SegmentList(setup.disk(), found.segments());
    log = new EntryLog(setup, segments, progress, found.nextGeneration());
    counters.roll();
    forcer = new ForceWorker(setup, progress, segments);
    StreamDesk desk =
        new StreamDesk(states, log, counters, setup.config().maxStreams(), found.nextGeneration());
    appender = new AppendWorker(setup, progress, log, desk, forcer, counters);
  }

  /**
   * Opens a journal, reads what an earlier process left, and starts a segment.
   *
   * @param directory its directory, which is made when absent; no other process has it open
   * @param states of streams as of a sequence of the applier's floor or less; not changed
   * @param floor sequence up to which entries were forced and are not needed any more
   * @throws JournalException.Locked when another process has the directory
   * @throws JournalException.Corrupt when entries are missing that were forced
   */
  public static ChronicleJournal open(
      Path directory,
      JournalConfig config,
      StreamStates states,
      long floor,
      InstantSource clock,
      Disk disk) {
    return open(new JournalSetup(directory, config, clock, System::nanoTime, disk), states, floor);
  }

  static ChronicleJournal open(JournalSetup setup, StreamStates states, long floor) {
    DataLock lock = DataLock.acquire(setup.directory());
    boolean opened = false;
    try {
      StreamStates ours = StreamStates.decode(states.encode());
      Recovery.Found found = new Recovery(setup, ours, floor).run();
      ChronicleJournal journal = new ChronicleJournal(setup, lock, found, ours);
      opened = true;
      return journal;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot open the journal in " + setup.directory(), failure);
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  /** Writes entries. */
  public JournalWorker appender() {
    return appender;
  }

  /** Forces entries and answers. */
  public JournalWorker forcer() {
    return forcer;
  }

  @Override
  public Admission open(StreamId stream, long epoch, long lastAnswered, OpenReceipt receipt) {
    if (epoch < 1 || lastAnswered < 0) {
      throw new IllegalArgumentException(
          "epoch must be at least 1: " + epoch + ", last answered at least 0: " + lastAnswered);
    }
    return appender.offer(new Command.Open(stream, epoch, lastAnswered, receipt));
  }

  /**
   * {@inheritDoc}
   *
   * @throws JournalException.BatchTooLarge when the body is over {@code maxBatchBytes}
   */
  @Override
  public Admission append(
      StreamLease lease, long firstSequence, SealedBatch batch, Receipt receipt) {
    if (firstSequence < 1 || firstSequence > MAX_SEQUENCE || batch.sequences() < 1) {
      throw new IllegalArgumentException(
          "batch of " + batch.sequences() + " records at sequence " + firstSequence);
    }
    if (batch.length() > setup.config().maxBatchBytes()) {
      throw new JournalException.BatchTooLarge(
          "batch of " + batch.length() + " bytes; at most " + setup.config().maxBatchBytes());
    }
    int[] rejections = BodyRejections.of(batch.body(), 0, batch.length());
    Command.Batch numbers =
        new Command.Batch(firstSequence, batch.sequences(), rejections, batch.length());
    return appender.offer(new Command.Append(lease, numbers, batch.body(), receipt));
  }

  @Override
  public Admission end(StreamLease lease, long last, Receipt receipt) {
    if (last < 1 || last > MAX_SEQUENCE) {
      throw new IllegalArgumentException("a stream that ends with the sequence " + last);
    }
    return appender.offer(new Command.End(lease, last, receipt));
  }

  @Override
  public Admission decide(byte[] payload, Receipt receipt) {
    if (payload.length > MAX_DECISION_BYTES) {
      throw new JournalException.BatchTooLarge(
          "decision of " + payload.length + " bytes; at most " + MAX_DECISION_BYTES);
    }
    Command.Batch numbers = new Command.Batch(0, 0, NO_REJECTIONS, payload.length);
    return appender.offer(new Command.Append(null, numbers, payload.clone(), receipt));
  }

  @Override
  public void roll() {
    appender.askRoll();
  }

  /**
   * Counts free space as taken that somebody else is about to fill: nothing is appended into it.
   *
   * @param bytes asked at every look at the disk, by the appender's thread
   */
  public void promise(LongSupplier bytes) {
    appender.promise(bytes);
  }

  @Override
  public long forced() {
    return progress.forced();
  }

  @Override
  public long appended() {
    return progress.appended();
  }

  @Override
  public long unreleasedBytes() {
    return segments.bytes();
  }

  @Override
  public JournalTail tail(long after) {
    return new SegmentTail(segments, progress, setup.config(), setup.clock(), after);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The states of streams as of {@code sequence} must be stored before. A segment that a tail is
   * still in is deleted when the tail moves on, the live one when it was rolled.
   */
  @Override
  public void release(long sequence) {
    segments.release(Math.min(sequence, progress.forced()));
  }

  @Override
  public List<Segment> segments() {
    return segments.describe();
  }

  @Override
  public Admission admission() {
    return appender.admission(false);
  }

  /** Why the journal takes nothing any more, if it failed. */
  public Optional<JournalException> failure() {
    return Optional.ofNullable(progress.failure());
  }

  /** What it did so far. */
  public JournalStats stats() {
    ForceTimes times = forcer.times();
    return new JournalStats(
        progress.appended(),
        progress.forced(),
        counters.bytes(),
        times.count(),
        times.lastNanos(),
        times.totalNanos(),
        appender.ringCommands(),
        appender.ringBytes(),
        counters.gaps(),
        counters.duplicates(),
        counters.fenced(),
        counters.streams(),
        counters.rolls(),
        appender.usableBytes(),
        segments.bytes());
  }

  /** {@inheritDoc} Does on this thread what the workers left undone. */
  @Override
  public void close() {
    progress.closing();
    int done;
    do {
      done = appender.doWork() + forcer.doWork();
    } while (done > 0);
    try {
      forcer.finish();
    } catch (IOException failure) {
      progress.fail(new JournalException.ForceFailed("cannot end the last segment", failure));
    } finally {
      progress.fail(new JournalException.Closed("the journal was closed"));
      appender.finish();
      lock.close();
    }
  }
}
