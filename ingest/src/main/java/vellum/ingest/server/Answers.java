package vellum.ingest.server;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import vellum.core.seal.Rejected;
import vellum.v1.Ack;
import vellum.v1.FailureCode;
import vellum.v1.Frame;
import vellum.v1.Rejection;
import vellum.v1.RejectionCode;

/**
 * The batches of a connection in the order in which they came, answered from the front: rejections,
 * then one ack for all that are durable. Receipts of a group cost one task of the event loop,
 * however many they are. Answers wait while the client does not read, so what is unsent is bounded
 * by the send buffer and the answers of one batch.
 */
final class Answers {

  private final Channel channel;
  private final IngestStats stats;
  private final Runnable drain;
  private final ArrayDeque<PendingBatch> waiting = new ArrayDeque<>();
  private final AtomicBoolean posted = new AtomicBoolean();
  private long acked;
  private int batches;

  /**
   * @param drain runs on the event loop when there are receipts; calls {@link #write}
   */
  Answers(Channel channel, IngestStats stats, Runnable drain) {
    this.channel = channel;
    this.stats = stats;
    this.drain = drain;
  }

  /** Everything up to here was answered before this connection. */
  void startAfter(long sequence) {
    acked = sequence;
  }

  /** The highest sequence that was acknowledged. */
  long acked() {
    return acked;
  }

  /** Batches of the client that wait, however many pieces they are in. */
  int size() {
    return batches;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(PendingBatch batch) {
    waiting.add(batch);
    batches += batch.isWhole() ? 1 : 0;
  }

  /** A receipt came; called on the journal's threads, does not block or throw. */
  void signal() {
    if (!posted.getAndSet(true)) {
      try {
        channel.eventLoop().execute(drain);
      } catch (RejectedExecutionException e) {
        stats.fault(); // The server has ended before its journal; nobody is left to be told.
      }
    }
  }

  /** Writes what can be answered now; returns why the connection has to end, or null. */
  @Nullable Refusal write() {
    posted.set(false);
    boolean any = false;
    boolean ack = false;
    Refusal refusal = null;
    while (refusal == null && channel.isWritable() && !waiting.isEmpty()) {
      PendingBatch first = waiting.element();
      if (first.outcome() == PendingBatch.Outcome.WAITING) {
        break;
      }
      refusal = refusal(first);
      if (refusal == null) {
        waiting.remove();
        reject(first);
        any = true;
        if (first.isWhole()) {
          batches--;
          stats.answered(first.cameNanos());
          acked = Math.max(acked, first.lastSequence());
          ack = true;
        }
      }
    }
    if (ack) {
      channel.writeAndFlush(Frame.newBuilder().setAck(Ack.newBuilder().setSequence(acked)).build());
      stats.ack();
    } else if (any) {
      channel.flush();
    }
    return refusal;
  }

  private static @Nullable Refusal refusal(PendingBatch batch) {
    return switch (batch.outcome()) {
      case FENCED -> Refusal.of(FailureCode.FENCED, "a newer connection holds the stream");
      case FAILED -> Refusal.of(FailureCode.JOURNAL_FAILED, "the journal failed");
      case WAITING, DURABLE -> null;
    };
  }

  /** Records that were there before keep the answer that they had then. */
  private void reject(PendingBatch batch) {
    for (Rejected each : batch.rejected()) {
      long sequence = batch.firstSequence() + each.offset();
      if (sequence > acked) {
        RejectionCode code = code(each.code());
        channel.write(frame(sequence, code, each.reason()));
        stats.rejection(code);
      }
    }
  }

  private static Frame frame(long sequence, RejectionCode code, String reason) {
    return Frame.newBuilder()
        .setRejection(Rejection.newBuilder().setSequence(sequence).setCode(code).setReason(reason))
        .build();
  }

  static RejectionCode code(int number) {
    RejectionCode code = RejectionCode.forNumber(number);
    return code == null ? RejectionCode.REJECTION_CODE_UNSPECIFIED : code;
  }
}
