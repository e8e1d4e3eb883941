package vellum.core.journal;

import org.jspecify.annotations.Nullable;

/**
 * Something that was asked of the appender, on its way through the ring to its answer. Made by a
 * caller, then used by the appender, then by the forcer, each handing it on for good.
 */
abstract sealed class Command {

  private long awaited;

  /** Journal sequence that must be durable before the answer. */
  final long awaited() {
    return awaited;
  }

  final void await(long sequence) {
    awaited = sequence;
  }

  /** Bytes of the ring's budget. */
  abstract int bytes();

  abstract void durable();

  abstract void failed(JournalException cause);

  /** A stream is taken over. */
  static final class Open extends Command {
    final StreamId stream;
    final long epoch;
    final long lastAnswered;
    final Journal.OpenReceipt receipt;
    @Nullable StreamLease lease;

    Open(StreamId stream, long epoch, long lastAnswered, Journal.OpenReceipt receipt) {
      this.stream = stream;
      this.epoch = epoch;
      this.lastAnswered = lastAnswered;
      this.receipt = receipt;
    }

    @Override
    int bytes() {
      return 0;
    }

    @Override
    void durable() {
      StreamLease granted = lease;
      if (granted != null) {
        receipt.opened(granted);
      }
    }

    @Override
    void failed(JournalException cause) {
      receipt.failed(cause);
    }
  }

  /** A body is appended: a batch of a lease, or a decision. */
  static final class Append extends Command {
    final @Nullable StreamLease lease;
    final long firstSequence;
    final int sequences;
    final int[] rejections;
    final int bytes;
    final Journal.Receipt receipt;
    private byte @Nullable [] body;

    Append(@Nullable StreamLease lease, Batch batch, byte[] body, Journal.Receipt receipt) {
      this.lease = lease;
      this.firstSequence = batch.firstSequence;
      this.sequences = batch.sequences;
      this.rejections = batch.rejections;
      this.bytes = batch.length;
      this.body = body;
      this.receipt = receipt;
    }

    /** The body, which is given up. */
    byte[] takeBody() {
      byte[] taken = body;
      body = null;
      if (taken == null) {
        throw new IllegalStateException("the body was taken before");
      }
      return taken;
    }

    @Override
    int bytes() {
      return bytes;
    }

    @Override
    void durable() {
      receipt.durable(awaited());
    }

    @Override
    void failed(JournalException cause) {
      receipt.failed(cause);
    }
  }

  /** A producer names the last sequence of its stream. */
  static final class End extends Command {
    final StreamLease lease;
    final long last;
    final Journal.Receipt receipt;

    End(StreamLease lease, long last, Journal.Receipt receipt) {
      this.lease = lease;
      this.last = last;
      this.receipt = receipt;
    }

    @Override
    int bytes() {
      return 0;
    }

    @Override
    void durable() {
      receipt.durable(awaited());
    }

    @Override
    void failed(JournalException cause) {
      receipt.failed(cause);
    }
  }

  /** The numbers of a body; zeros for a decision's. */
  record Batch(long firstSequence, int sequences, int[] rejections, int length) {}
}
