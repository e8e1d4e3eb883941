package vellum.ingest.server;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vellum.core.journal.Journal;
import vellum.core.journal.StreamLease;
import vellum.core.seal.SealEpochs;
import vellum.core.seal.SealedBatch;
import vellum.ingest.protocol.BatchReader;
import vellum.ingest.protocol.CorruptFrame;
import vellum.ingest.protocol.RawFrame;
import vellum.v1.FailureCode;

/**
 * The way of a connection's batches into the journal: read in place, sealed, appended. A batch that
 * the journal cannot take now is kept, sealed, and offered again while the connection is not read:
 * after 1 ms, then 2, 4 and 5 while the ring is full, every 100 ms while the disk is low. For the
 * connection's event loop.
 */
final class Intake {

  private static final long BUSY_LEAST_MS = 1;
  private static final long BUSY_MOST_MS = 5;
  private static final long DISK_LOW_MS = 100;

  private final Channel channel;
  private final IngestServices services;
  private final LoopTools tools;
  private final Answers answers;
  private final ReadGate gate;
  private final boolean compression;
  private final StreamLease lease;
  private final RetryListener listener;

  private long received;
  private long backoffMs = BUSY_LEAST_MS;
  private boolean ended;
  private @Nullable PendingBatch stalled;
  private @Nullable SealedBatch stalledBatch;

  /** Told, from a timer, that the connection has to end. */
  interface RetryListener {
    void refused(Refusal refusal);
  }

  Intake(ConnectionParts parts, StreamLease lease, boolean compression, RetryListener listener) {
    this.channel = parts.channel();
    this.services = parts.services();
    this.tools = parts.tools();
    this.answers = parts.answers();
    this.gate = parts.gate();
    this.lease = lease;
    this.compression = compression;
    this.listener = listener;
    this.received = lease.lastSequence();
  }

  StreamLease lease() {
    return lease;
  }

  /** The highest sequence that was received or was durable before. */
  long received() {
    return received;
  }

  /** Whether a batch waits for the journal to take it. */
  boolean isStalled() {
    return stalled != null;
  }

  /** Takes a batch; returns why the connection has to end, or null. */
  @Nullable Refusal take(RawFrame frame, Grant grant) {
    if (answers.size() >= services.config().maxInFlight()) {
      return Refusal.of(
          FailureCode.WINDOW_EXCEEDED,
          "more than " + services.config().maxInFlight() + " batches unanswered");
    }
    long cameNanos = services.stats().nanos();
    BatchReader reader = tools.reader();
    CorruptFrame corrupt = reader.open(frame, compression);
    if (corrupt != null) {
      return Refusal.of(corrupt);
    }
    SealEpochs.Ticket ticket = services.taking().epochs().enter();
    SealedBatch sealed = seal(reader, grant, ticket);
    services.stats().batch(reader.records());
    if (reader.firstSequence() > received + 1) {
      services.stats().gap();
    }
    received = Math.max(received, reader.lastSequence());
    PendingBatch pending =
        new PendingBatch(
            reader.firstSequence(),
            reader.lastSequence(),
            cameNanos,
            sealed.rejected(),
            ticket,
            answers::signal);
    answers.add(pending);
    Refusal refusal = append(pending, sealed);
    if (refusal == null && !gate.isHeld() && services.throttle().isEngaged()) {
      gate.hold(HoldReason.THROTTLE);
      retryAfter(BUSY_MOST_MS);
    }
    return refusal;
  }

  /** Nothing is offered again. */
  void end() {
    ended = true;
    if (stalled != null) {
      stalled.drop();
    }
    stalled = null;
    stalledBatch = null;
  }

  private SealedBatch seal(BatchReader reader, Grant grant, SealEpochs.Ticket ticket) {
    try {
      RecordSealer sealer = tools.sealer();
      sealer.begin(grant.accountAllowed());
      while (reader.next()) {
        if (reader.isUsage()) {
          sealer.addUsage(reader.buffer(), reader.offset(), reader.length());
        } else {
          sealer.add(reader.buffer(), reader.offset(), reader.length());
        }
      }
      SealedBatch sealed = sealer.finish();
      services.stats().unregistered(sealed.unregistered());
      return sealed;
    } catch (RuntimeException e) {
      ticket.close();
      throw e;
    }
  }

  private @Nullable Refusal append(PendingBatch pending, SealedBatch sealed) {
    Journal.Admission admission =
        services.journal().append(lease, pending.firstSequence(), sealed, pending);
    switch (admission) {
      case TAKEN -> taken();
      case BUSY -> {
        stall(pending, sealed, backoffMs);
        backoffMs = Math.min(BUSY_MOST_MS, backoffMs * 2);
      }
      case DISK_LOW -> stall(pending, sealed, DISK_LOW_MS);
      case FAILED -> {
        pending.drop();
        return services.journalFailed();
      }
    }
    return null;
  }

  private void taken() {
    stalled = null;
    stalledBatch = null;
    backoffMs = BUSY_LEAST_MS;
  }

  private void stall(PendingBatch pending, SealedBatch sealed, long delayMs) {
    stalled = pending;
    stalledBatch = sealed;
    gate.hold(HoldReason.JOURNAL);
    retryAfter(delayMs);
  }

  private void retryAfter(long delayMs) {
    channel.eventLoop().schedule(this::retry, delayMs, TimeUnit.MILLISECONDS);
  }

  private void retry() {
    if (ended) {
      return;
    }
    PendingBatch pending = stalled;
    SealedBatch sealed = stalledBatch;
    if (pending != null && sealed != null) {
      Refusal refusal = append(pending, sealed);
      if (refusal != null) {
        listener.refused(refusal);
      }
      if (refusal != null || stalled != null) {
        return;
      }
    }
    if (services.throttle().isEngaged()) {
      gate.hold(HoldReason.THROTTLE);
      gate.release(HoldReason.JOURNAL);
      retryAfter(BUSY_MOST_MS);
      return;
    }
    gate.release(HoldReason.JOURNAL);
    gate.release(HoldReason.THROTTLE);
  }
}
