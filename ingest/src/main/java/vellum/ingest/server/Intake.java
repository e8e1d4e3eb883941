package vellum.ingest.server;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
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

  /** What the journal has not taken yet, in order. */
  private final ArrayDeque<Piece> unsent = new ArrayDeque<>();

  /** A batch of the client, or a part of one, and its sealed form. */
  private record Piece(PendingBatch pending, SealedBatch sealed) {}

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
    return !unsent.isEmpty();
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
    List<Piece> pieces = seal(reader, grant, cameNanos);
    services.stats().batch(reader.records());
    if (reader.firstSequence() > received + 1) {
      services.stats().gap();
    }
    received = Math.max(received, reader.lastSequence());
    for (Piece piece : pieces) {
      answers.add(piece.pending);
      unsent.add(piece);
    }
    Refusal refusal = append();
    if (refusal == null && !gate.isHeld() && services.throttle().isEngaged()) {
      gate.hold(HoldReason.THROTTLE);
      retryAfter(BUSY_MOST_MS);
    }
    return refusal;
  }

  /** Nothing is offered again. */
  void end() {
    ended = true;
    drop();
  }

  private void drop() {
    unsent.forEach(piece -> piece.pending.drop());
    unsent.clear();
  }

  /**
   * Seals a batch, in pieces where holds keep so much of it that one would be more than the journal
   * takes.
   */
  private List<Piece> seal(BatchReader reader, Grant grant, long cameNanos) {
    List<Piece> pieces = new ArrayList<>(1);
    long first = reader.firstSequence();
    SealEpochs.Ticket ticket = services.taking().epochs().enter();
    boolean sealed = false;
    try {
      RecordSealer sealer = tools.sealer();
      sealer.begin(grant.accountAllowed());
      while (reader.next()) {
        if (sealer.isFull()) {
          Piece piece = piece(first, cameNanos, ticket, false);
          pieces.add(piece);
          first = piece.pending.lastSequence() + 1;
          ticket = services.taking().epochs().enter();
          sealer.begin(grant.accountAllowed());
        }
        if (reader.isUsage()) {
          sealer.addUsage(reader.buffer(), reader.offset(), reader.length());
        } else {
          sealer.add(reader.buffer(), reader.offset(), reader.length());
        }
      }
      pieces.add(piece(first, cameNanos, ticket, true));
      sealed = true;
      return pieces;
    } finally {
      if (!sealed) {
        ticket.close();
        pieces.forEach(piece -> piece.pending.drop());
      }
    }
  }

  private Piece piece(long first, long cameNanos, SealEpochs.Ticket ticket, boolean isLast) {
    SealedBatch sealed = tools.sealer().finish();
    services.stats().unregistered(sealed.unregistered());
    PendingBatch.Range range =
        new PendingBatch.Range(first, first + sealed.sequences() - 1, isLast);
    return new Piece(
        new PendingBatch(range, cameNanos, sealed.rejected(), ticket, answers::signal), sealed);
  }

  /** Offers what is unsent; when that throws, nothing of it will be offered again. */
  private @Nullable Refusal append() {
    boolean offered = false;
    try {
      Refusal refusal = null;
      boolean taken = true;
      while (taken && !unsent.isEmpty()) {
        Piece piece = unsent.element();
        Journal.Admission admission =
            services
                .journal()
                .append(lease, piece.pending.firstSequence(), piece.sealed, piece.pending);
        taken = admission == Journal.Admission.TAKEN;
        refusal = answer(admission);
      }
      offered = true;
      return refusal;
    } finally {
      if (!offered) {
        drop();
      }
    }
  }

  private @Nullable Refusal answer(Journal.Admission admission) {
    switch (admission) {
      case TAKEN -> {
        unsent.remove();
        backoffMs = BUSY_LEAST_MS;
      }
      case BUSY -> {
        stall(backoffMs);
        backoffMs = Math.min(BUSY_MOST_MS, backoffMs * 2);
      }
      case DISK_LOW -> stall(DISK_LOW_MS);
      case FAILED -> {
        drop();
        return services.journalFailed();
      }
    }
    return null;
  }

  private void stall(long delayMs) {
    gate.hold(HoldReason.JOURNAL);
    retryAfter(delayMs);
  }

  private void retryAfter(long delayMs) {
    channel.eventLoop().schedule(this::retry, delayMs, TimeUnit.MILLISECONDS);
  }

  private void retry() {
    try {
      offerAgain();
    } catch (RuntimeException e) {
      channel.pipeline().fireExceptionCaught(e); // A timer's failure is nobody's else.
    }
  }

  private void offerAgain() {
    if (ended) {
      return;
    }
    Refusal refusal = append();
    if (refusal != null) {
      listener.refused(refusal);
    }
    if (refusal != null || isStalled()) {
      return;
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
