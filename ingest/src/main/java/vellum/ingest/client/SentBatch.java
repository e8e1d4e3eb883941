package vellum.ingest.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.ingest.protocol.BatchFrame;
import vellum.ingest.protocol.BatchWriter;
import vellum.v1.Limits;
import vellum.v1.Rejection;

/**
 * A full batch and who waits for it, kept until every record of it is answered. Guarded by its
 * queue's lock, but for {@link #answerThrough}, which the event loop alone calls.
 */
final class SentBatch {

  private final BatchFrame frame;
  private final List<Outcome> outcomes;
  private @Nullable Map<Long, Rejection> rejections;
  private int answered;
  private int sends;
  private long firstSentNanos;

  SentBatch(BatchFrame frame, List<Outcome> outcomes) {
    this.frame = frame;
    this.outcomes = outcomes;
  }

  BatchFrame frame() {
    return frame;
  }

  /**
   * Its begin that a server takes; the rest goes to the front of a queue. Batches are made before
   * the server's limits are known, and those may change. A record that is too large alone stays so.
   */
  SentBatch cut(Limits limits, ArrayDeque<SentBatch> queued, ClientStats stats) {
    if (Failures.beyond(frame, limits) == null) {
      return this;
    }
    List<SentBatch> parts = parts(limits);
    for (int i = parts.size() - 1; i > 0; i--) {
      queued.addFirst(parts.get(i));
      stats.batchFull();
    }
    return parts.get(0);
  }

  private List<SentBatch> parts(Limits limits) {
    List<SentBatch> parts = new ArrayList<>();
    int from = 0;
    for (BatchFrame each :
        BatchWriter.split(frame, limits.getMaxFrameBytes(), limits.getMaxBatchRecords())) {
      SentBatch part = new SentBatch(each, outcomes.subList(from, from + each.records()));
      part.rejections = rejections;
      part.answered = Math.max(0, Math.min(each.records(), answered - from));
      part.sends = sends;
      part.firstSentNanos = firstSentNanos;
      parts.add(part);
      from += each.records();
    }
    return parts;
  }

  boolean holds(long sequence) {
    return sequence >= frame.firstSequence() && sequence <= frame.lastSequence();
  }

  /** Notes that it is being sent; whether it was before. */
  boolean send(long nowNanos) {
    if (sends == 0) {
      firstSentNanos = nowNanos;
    }
    return sends++ > 0;
  }

  boolean wasSentOnce() {
    return sends == 1;
  }

  long firstSentNanos() {
    return firstSentNanos;
  }

  void reject(Rejection rejection) {
    if (rejections == null) {
      rejections = new HashMap<>();
    }
    rejections.put(rejection.getSequence(), rejection);
  }

  /** Tells those whose records have sequences up to this one, and were not told before. */
  void answerThrough(long sequence, ClientStats stats) {
    int through = (int) Math.min(frame.records(), sequence - frame.firstSequence() + 1);
    int refused = refused(through);
    stats.taken(Math.max(0, through - answered - refused));
    stats.rejected(refused);
    for (; answered < through; answered++) {
      long each = frame.firstSequence() + answered;
      Rejection rejection = rejections == null ? null : rejections.get(each);
      Outcome outcome = outcomes.get(answered);
      try {
        if (rejection == null) {
          outcome.taken(each);
        } else {
          outcome.rejected(each, rejection.getCode(), rejection.getReason());
        }
      } catch (RuntimeException e) {
        stats.callbackThrew(e);
      }
    }
  }

  /** Records that are to be told a rejection. */
  private int refused(int through) {
    int refused = 0;
    for (int i = answered; rejections != null && i < through; i++) {
      refused += rejections.containsKey(frame.firstSequence() + i) ? 1 : 0;
    }
    return refused;
  }

  /** Those who were not told. */
  List<Outcome> unanswered() {
    return new ArrayList<>(outcomes.subList(answered, outcomes.size()));
  }

  /** Takes out the batches that are answered whole; one that is answered in part stays. */
  static void takeThrough(ArrayDeque<SentBatch> batches, long sequence, List<SentBatch> reached) {
    Iterator<SentBatch> each = batches.iterator();
    while (each.hasNext()) {
      SentBatch batch = each.next();
      if (batch.frame().firstSequence() > sequence) {
        return;
      }
      reached.add(batch);
      if (batch.frame().lastSequence() <= sequence) {
        each.remove();
      }
    }
  }
}
