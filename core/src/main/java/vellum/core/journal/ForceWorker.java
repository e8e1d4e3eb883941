package vellum.core.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;
import vellum.core.disk.Disk;

/**
 * Makes durable what the appender wrote, and answers. What is appended while one force runs is made
 * durable by the next: group commit needs nothing else.
 *
 * <p>The last appended sequence is read before the force, the file of a segment that ended is
 * forced before that of its successor, and a new one's directory with its first force. The files
 * are forced through channels of our own: Chronicle's {@code sync} covers only what is mapped now
 * and hides failures. A failed force is final, as the kernel then takes the lost pages for written
 * and a second force would succeed.
 *
 * <p>The lock is for closing and is never contended before.
 */
final class ForceWorker implements JournalWorker {

  private final Progress progress;
  private final SegmentList segments;
  private final Path journal;
  private final JournalConfig config;
  private final Disk disk;
  private final LongSupplier nanoClock;
  private final SpscArrayQueue<Command> waiting;
  private final Parking parking = new Parking();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable SegmentFiles current;
  private @Nullable FileChannel channel;
  private long lastForceNanos;
  private volatile ForceTimes times = ForceTimes.NONE;

  ForceWorker(JournalSetup setup, Progress progress, SegmentList segments) {
    this.progress = progress;
    this.segments = segments;
    this.journal = setup.directory();
    this.config = setup.config();
    this.disk = setup.disk();
    this.nanoClock = setup.nanoClock();
    this.waiting = new SpscArrayQueue<>(config.ringCommands());
    this.lastForceNanos = nanoClock.getAsLong();
  }

  @Override
  public String name() {
    return "journal-forcer";
  }

  /** Whether a further command can wait here. Asked by the appender. */
  boolean hasRoom() {
    return waiting.size() < waiting.capacity();
  }

  /** Takes a command that waits for its force. Called by the appender, which asked for room. */
  void add(Command command) {
    if (!waiting.offer(command)) {
      throw new IllegalStateException("more than " + waiting.capacity() + " commands wait");
    }
  }

  @Override
  public int doWork() {
    lock.lock();
    try {
      int done = progress.failure() == null && isDue() ? force() : 0;
      return done + tidy() + answer();
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue() {
    return progress.appended() > progress.forced() && remainingNanos() <= 0;
  }

  private long remainingNanos() {
    return config.ack() == JournalConfig.Ack.DISK
        ? 0
        : lastForceNanos + config.forceEvery().toNanos() - nanoClock.getAsLong();
  }

  private int force() {
    long upTo = progress.appended();
    long start = nanoClock.getAsLong();
    try {
      for (SegmentFiles segment : segments.all()) {
        if (segment.first() <= upTo && segment.last() > progress.forced()) {
          force(segment, Math.min(upTo, segment.last()));
        }
      }
      lastForceNanos = nanoClock.getAsLong();
      times = times.plus(lastForceNanos - start);
      progress.forced(upTo);
    } catch (IOException | RuntimeException failure) {
      progress.fail(new JournalException.ForceFailed("force failed up to entry " + upTo, failure));
    }
    return 1;
  }

  private void force(SegmentFiles segment, long upTo) throws IOException {
    boolean firstForce = segment != current;
    if (firstForce) {
      closeChannel();
      Path file = segment.dataFile();
      if (file == null) {
        throw new IOException("no queue file in " + segment);
      }
      current = segment;
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
    FileChannel open = channel;
    if (open == null) {
      throw new IOException("file of " + segment + " was closed before");
    }
    disk.force(open);
    if (firstForce) {
      segment.writeForced(upTo, disk);
      disk.forceDirectory(journal);
    }
  }

  /**
   * Closes the file of a segment that ended and is forced, and deletes what may go now. An open
   * file would keep its blocks on the disk.
   */
  private int tidy() {
    SegmentFiles segment = current;
    boolean done = segment != null && segment.isSealed() && segment.last() <= progress.forced();
    if (channel == null || !done) {
      return 0;
    }
    try {
      closeChannel();
      segments.deleteReleased();
    } catch (IOException | JournalException failure) {
      progress.fail(new JournalException.WriteFailed("cannot end " + segment, failure));
    }
    return 1;
  }

  private void closeChannel() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }

  private int answer() {
    int answered = 0;
    JournalException failure = progress.failure();
    Command command = waiting.peek();
    while (command != null && (failure != null || command.awaited() <= progress.forced())) {
      waiting.poll();
      Receipts.answer(command, failure);
      answered++;
      command = waiting.peek();
    }
    return answered;
  }

  /** Forces and answers everything, and notes where the last segment ends. */
  void finish() throws IOException {
    lock.lock();
    try {
      if (progress.failure() == null && progress.appended() > progress.forced()) {
        force();
      }
      answer();
      SegmentFiles last = current;
      if (progress.failure() == null && last != null && channel != null && !last.isEmpty()) {
        last.writeForced(last.last(), disk);
      }
      closeChannel();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void await() {
    parking.await(this::hasWork, Math.max(1, waitNanos()));
  }

  private long waitNanos() {
    return progress.appended() > progress.forced() ? remainingNanos() : Long.MAX_VALUE;
  }

  private boolean hasWork() {
    Command next = waiting.peek();
    return (progress.failure() == null && isDue())
        || (next != null && (progress.failure() != null || next.awaited() <= progress.forced()));
  }

  @Override
  public void wake() {
    parking.wake();
  }

  ForceTimes times() {
    return times;
  }
}
