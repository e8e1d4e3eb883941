package vellum.ingest.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vellum.ingest.protocol.BatchWriter;
import vellum.ingest.protocol.Payload;
import vellum.v1.Limits;
import vellum.v1.Rejection;

/**
 * The records of one stream that are not answered: the batch that is being filled, full ones to be
 * sent, and those sent on the present connection, in the order of their sequences. Thread-safe;
 * callbacks run outside its lock.
 */
final class BatchQueue {

  private final ClientConfig config;
  private final ClientStats stats;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<SentBatch> queued = new ArrayDeque<>();
  private final ArrayDeque<SentBatch> sent = new ArrayDeque<>();
  private final FreeBuffers free = new FreeBuffers();

  private @Nullable BatchWriter open;
  private List<Outcome> outcomes = new ArrayList<>();
  private int expectedBytes;
  private long openNumber;
  private long nextSequence = 1;
  private long highestSent;
  private long lastAnswered;
  private @Nullable ClientException failure;

  /** What the adding of a record calls for. */
  enum Added {
    NOTHING,
    /** It is the first of its batch. */
    FIRST,
    /** A batch is full. */
    FULL
  }

  BatchQueue(ClientConfig config, ClientStats stats) {
    this.config = config;
    this.stats = stats;
  }

  /**
   * Adds a record that fits a batch.
   *
   * @param mayWait whether to wait for room
   */
  Added add(Payload record, Outcome outcome, boolean mayWait) {
    lock.lock();
    try {
      awaitRoom(mayWait);
      Added added = Added.NOTHING;
      BatchWriter writer = open;
      if (writer == null || !writer.add(record)) {
        added = writer == null ? Added.FIRST : Added.FULL;
        sealOpen();
        writer = new BatchWriter(expectedBytes, config.batchBytes(), free.take());
        open = writer;
        openNumber++;
        writer.add(record);
      }
      outcomes.add(outcome);
      if (writer.records() == config.batchRecords()) {
        sealOpen();
        added = Added.FULL;
      }
      return added;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom() {
    return queued.size() + sent.size() < config.maxUnanswered();
  }

  private void awaitRoom(boolean mayWait) {
    int timeoutMs = mayWait ? config.sendTimeoutMs() : 0;
    if (!hasRoom() && !awaitUntil(this::hasRoom, timeoutMs)) {
      throw new ClientException.Overloaded(config.maxUnanswered(), timeoutMs);
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Whether it came true in time, or the client ended. */
  private boolean awaitUntil(BooleanSupplier condition, long timeoutMs) {
    long left = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    try {
      while (failure == null && !condition.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException.Interrupted();
    }
  }

  private void sealOpen() {
    BatchWriter writer = open;
    if (writer != null) {
      queued.add(new SentBatch(writer.frame(nextSequence), outcomes));
      nextSequence += writer.records();
      expectedBytes = writer.size() + writer.size() / 8;
      outcomes = new ArrayList<>(writer.records());
      open = null;
      stats.batchFull();
    }
  }

  /** Number of the batch that is being filled, or was last. */
  long openNumber() {
    lock.lock();
    try {
      return openNumber;
    } finally {
      lock.unlock();
    }
  }

  /** Makes the open batch one to be sent, if it is still this one. */
  void seal(long number) {
    lock.lock();
    try {
      if (openNumber == number) {
        sealOpen();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The next batch to send, cut to the limits; null when there is none or the window is full. */
  @Nullable SentBatch next(Limits limits) {
    lock.lock();
    try {
      SentBatch full = sent.size() < limits.getMaxInFlight() ? queued.poll() : null;
      SentBatch batch = full == null ? null : full.cut(limits, queued, stats);
      if (batch != null) {
        sent.add(batch);
        highestSent = Math.max(highestSent, batch.frame().lastSequence());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** The connection is gone: what was sent on it is to be sent again. */
  void requeue() {
    lock.lock();
    try {
      while (!sent.isEmpty()) {
        queued.addFirst(sent.removeLast());
      }
    } finally {
      lock.unlock();
    }
  }

  void reject(Rejection rejection) {
    lock.lock();
    try {
      Stream.concat(sent.stream(), queued.stream())
          .filter(batch -> batch.holds(rejection.getSequence()))
          .findFirst()
          .ifPresent(batch -> batch.reject(rejection));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Everything up to a sequence is durable or rejected: tells who waits for it.
   *
   * @return false when that was never sent, so that it is somebody else's
   */
  boolean answer(long sequence, long nowNanos) {
    List<SentBatch> reached = new ArrayList<>();
    lock.lock();
    try {
      if (sequence > highestSent) {
        return false;
      }
      SentBatch.takeThrough(sent, sequence, reached);
      SentBatch.takeThrough(queued, sequence, reached);
    } finally {
      lock.unlock();
    }
    for (SentBatch batch : reached) {
      batch.answerThrough(sequence, stats);
      if (batch.frame().lastSequence() <= sequence) {
        stats.answered(nowNanos - batch.firstSentNanos());
      }
    }
    lock.lock();
    try {
      lastAnswered = Math.max(lastAnswered, sequence);
      reached.forEach(batch -> free.give(batch, sequence));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return true;
  }

  long lastAnswered() {
    lock.lock();
    try {
      return lastAnswered;
    } finally {
      lock.unlock();
    }
  }

  boolean isAwaiting() {
    lock.lock();
    try {
      return !sent.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  boolean hasFailed() {
    lock.lock();
    try {
      return failure != null;
    } finally {
      lock.unlock();
    }
  }

  /** Makes the open batch one to be sent; the last sequence there is. */
  long sealAll() {
    lock.lock();
    try {
      sealOpen();
      return nextSequence - 1;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything up to a sequence is answered, for at most so long. */
  void awaitAnswered(long sequence, long timeoutMs) {
    lock.lock();
    try {
      if (!awaitUntil(() -> lastAnswered >= sequence, timeoutMs)) {
        throw new ClientException.DeadlinePassed(timeoutMs);
      }
      if (failure != null && lastAnswered < sequence) {
        throw failure;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends for good: tells everybody who waits. The first cause stays. */
  void fail(ClientException cause) {
    List<Outcome> waiting = new ArrayList<>();
    lock.lock();
    try {
      if (failure != null) {
        return;
      }
      failure = cause;
      sent.forEach(batch -> waiting.addAll(batch.unanswered()));
      queued.forEach(batch -> waiting.addAll(batch.unanswered()));
      waiting.addAll(outcomes);
      sent.clear();
      queued.clear();
      open = null;
      outcomes = new ArrayList<>();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    waiting.forEach(each -> stats.guard(() -> each.failed(cause)));
  }
}
