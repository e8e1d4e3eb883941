package vellum.ingest.server;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.core.journal.Journal;
import vellum.core.journal.JournalTail;
import vellum.core.journal.StreamId;
import vellum.core.journal.StreamLease;
import vellum.core.seal.SealedBatch;

/**
 * Journal in memory: sequences, fences and rejections as the port says, on one thread of its own.
 * Keeps the numbers that {@link FakeSealer} put into the bodies, in order.
 */
public final class FakeJournal implements Journal {

  private static final class State {
    long epoch;
    long lease;
    long last;
    final List<StreamLease.StreamRejection> rejections = new ArrayList<>();
  }

  private final int capacity;
  private final boolean keep;
  private final ArrayDeque<Runnable> ring = new ArrayDeque<>();
  private final Map<StreamId, State> streams = new HashMap<>();
  private final List<Long> records = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();
  private final Thread thread;
  private Admission admission = Admission.TAKEN;
  private boolean held;
  private boolean closed;
  private long leases;
  private long batches;
  private int maxStreams = Integer.MAX_VALUE;
  private int refusals;
  private volatile long throwsFrom = Long.MAX_VALUE;

  public FakeJournal() {
    this(64, true);
  }

  /**
   * @param keep whether to keep the numbers of the records
   */
  public FakeJournal(int capacity, boolean keep) {
    this.capacity = capacity;
    this.keep = keep;
    thread = new Thread(this::run, "fake-journal");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (true) {
      Runnable task;
      synchronized (this) {
        while ((ring.isEmpty() || held) && !closed) {
          try {
            wait();
          } catch (InterruptedException e) {
            return;
          }
        }
        if (closed) {
          return;
        }
        task = ring.remove();
      }
      task.run();
    }
  }

  private synchronized Admission enter(Runnable task) {
    if (admission != Admission.TAKEN || ring.size() >= capacity) {
      refusals++;
      return admission == Admission.TAKEN ? Admission.BUSY : admission;
    }
    ring.add(task);
    notifyAll();
    return Admission.TAKEN;
  }

  /** How often something was not taken. */
  public synchronized int refusals() {
    return refusals;
  }

  /** Answers nothing until it is released. */
  public synchronized void hold(boolean on) {
    held = on;
    notifyAll();
  }

  public synchronized void admission(Admission value) {
    admission = value;
  }

  /** Throws at every batch from a sequence on. */
  void throwFrom(long sequence) {
    throwsFrom = sequence;
  }

  public synchronized void maxStreams(int value) {
    maxStreams = value;
  }

  /** The numbers of the records that were taken, in order. */
  public synchronized List<Long> records() {
    return new ArrayList<>(records);
  }

  /** Takes a stream back to an earlier sequence, as the restoring of a backup does. */
  public synchronized void takeBack(long sequence) {
    streams.values().forEach(state -> state.last = Math.min(state.last, sequence));
  }

  @Override
  public Admission open(StreamId id, long epoch, long lastAnswered, OpenReceipt receipt) {
    return enter(() -> opening(id, epoch, lastAnswered, receipt));
  }

  private void opening(StreamId id, long epoch, long lastAnswered, OpenReceipt receipt) {
    StreamLease lease;
    synchronized (this) {
      State state = streams.get(id);
      if (state == null && streams.size() >= maxStreams) {
        receipt.tooManyStreams(maxStreams);
        return;
      }
      state = streams.computeIfAbsent(id, each -> new State());
      if (epoch < state.epoch) {
        receipt.fenced(state.epoch);
        return;
      }
      if (epoch > state.epoch) {
        state.epoch = epoch;
        state.last = 0;
        state.rejections.clear();
      }
      state.lease = ++leases;
      lease =
          new StreamLease(
              id,
              epoch,
              state.lease,
              state.last,
              state.rejections.stream().filter(each -> each.sequence() > lastAnswered).toList());
    }
    receipt.opened(lease);
  }

  @Override
  public Admission append(
      StreamLease lease, long firstSequence, SealedBatch batch, Receipt receipt) {
    if (firstSequence >= throwsFrom) {
      throw new IllegalStateException("made to throw");
    }
    return enter(() -> appending(lease, firstSequence, batch, receipt));
  }

  private void appending(StreamLease lease, long first, SealedBatch batch, Receipt receipt) {
    long number;
    synchronized (this) {
      State state = streams.get(lease.stream());
      if (state == null || state.lease != lease.number()) {
        receipt.fenced();
        return;
      }
      long skip = Math.max(0, state.last - first + 1);
      state.last = Math.max(state.last, first + batch.sequences() - 1);
      batch.rejected().stream()
          .filter(each -> each.offset() >= skip)
          .forEach(
              each ->
                  state.rejections.add(
                      new StreamLease.StreamRejection(first + each.offset(), each.code())));
      if (keep) {
        ByteBuffer body = ByteBuffer.wrap(batch.body(), 0, batch.length());
        for (int i = 0; body.hasRemaining(); i++) {
          long value = body.getLong();
          if (i >= skip && value >= 0) {
            records.add(value);
          }
        }
      }
      number = ++batches;
    }
    receipt.durable(number);
  }

  @Override
  public Admission end(StreamLease lease, long last, Receipt receipt) {
    return enter(() -> ending(lease, last, receipt));
  }

  private void ending(StreamLease lease, long last, Receipt receipt) {
    long number;
    synchronized (this) {
      State state = streams.get(lease.stream());
      if (state == null || state.lease != lease.number()) {
        receipt.fenced();
        return;
      }
      ends.add(last);
      number = ++batches;
    }
    receipt.durable(number);
  }

  /** The last sequences that producers named, which had not come. */
  public synchronized List<Long> ends() {
    return new ArrayList<>(ends);
  }

  /** Answers what waits, and everything that comes, as failed. */
  public void fail() {
    admission(Admission.FAILED);
  }

  @Override
  public Admission decide(byte[] payload, Receipt receipt) {
    return Admission.FAILED;
  }

  @Override
  public void roll() {}

  @Override
  public synchronized long forced() {
    return batches;
  }

  @Override
  public synchronized long appended() {
    return batches;
  }

  @Override
  public long unreleasedBytes() {
    return 0;
  }

  @Override
  public JournalTail tail(long after) {
    return new JournalTail() {
      @Override
      public vellum.core.journal.@Nullable JournalEntry next() {
        return null;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void release(long sequence) {}

  @Override
  public List<Segment> segments() {
    return List.of();
  }

  @Override
  public synchronized Admission admission() {
    return admission;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
