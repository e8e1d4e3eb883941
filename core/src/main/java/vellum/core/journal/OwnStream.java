package vellum.core.journal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.Rejected;
import vellum.core.seal.SealEpochs;
import vellum.core.seal.SealedBatch;

/**
 * A stream of the server itself. Its messages are clear in memory only: sealed when they are sent,
 * by a sealer that lives no longer than their batch. It goes on where it ended, for ever in its
 * first epoch, so it has no gaps: what a crash took was never answered, and its sender, who goes by
 * what is stored, sends it anew. Thread-safe; batches are taken in the order of the calls.
 */
public final class OwnStream {

  private static final long EPOCH = 1;

  private final OwnStreams shared;
  private final StreamId stream;
  private @Nullable CompletableFuture<StreamLease> opening;
  private long epoch = EPOCH;
  private long next;

  /** Adds the messages of a batch; called again when the batch could not be taken. */
  public interface Fill {
    void into(BatchSealer sealer);
  }

  /**
   * A batch that is durable.
   *
   * @param journalSequence of its entry; 0 of a batch without messages, which has none
   * @param sequences messages, rejected ones included
   * @param rejected messages that were not taken, by their place in the batch
   */
  public record Written(long journalSequence, int sequences, List<Rejected> rejected) {
    public Written {
      rejected = List.copyOf(rejected);
    }
  }

  OwnStream(OwnStreams shared, StreamId stream) {
    this.shared = shared;
    this.stream = stream;
  }

  public StreamId id() {
    return stream;
  }

  /**
   * Seals a batch and hands it to the journal, without waiting.
   *
   * @return completed on a journal's thread, which must not be held up, when the batch is durable;
   *     or with {@link OwnStreamException.Fenced} or {@link OwnStreamException.Failed}
   * @throws OwnStreamException when nothing was taken, by its reason
   * @throws JournalException.BatchTooLarge when the batch is larger than the journal takes
   */
  public CompletableFuture<Written> send(Fill fill) {
    return send(account -> true, fill);
  }

  /**
   * The same; records of accounts that are not allowed are rejected.
   *
   * @param accountAllowed whether records of an account are taken
   */
  public synchronized CompletableFuture<Written> send(Predicate<String> accountAllowed, Fill fill) {
    StreamLease lease = lease();
    if (shared.throttled().getAsBoolean()) {
      throw new OwnStreamException.Busy("the applier is behind the journal");
    }
    SealEpochs.Ticket ticket = shared.epochs().enter();
    boolean taken = false;
    try {
      SealedBatch batch = seal(accountAllowed, fill);
      if (batch.sequences() == 0) {
        return CompletableFuture.completedFuture(new Written(0, 0, List.of()));
      }
      Sent sent = new Sent(batch, ticket);
      require(shared.journal().append(lease, next, batch, sent));
      taken = true;
      next += batch.sequences();
      return sent.answer;
    } finally {
      if (!taken) {
        ticket.close();
      }
    }
  }

  private SealedBatch seal(Predicate<String> accountAllowed, Fill fill) {
    BatchSealer sealer = shared.sealers().get();
    sealer.begin(accountAllowed);
    fill.into(sealer);
    return sealer.finish();
  }

  private StreamLease lease() {
    CompletableFuture<StreamLease> asked = opening;
    if (asked == null) {
      asked = new CompletableFuture<>();
      require(shared.journal().open(stream, epoch, 0, new Asked(asked)));
      opening = asked;
    }
    if (asked.isCompletedExceptionally()) {
      opening = null;
      throw failure(asked);
    }
    StreamLease lease = asked.getNow(null);
    if (lease == null) {
      throw new OwnStreamException.Busy("stream " + stream + " is being opened");
    }
    if (next == 0) {
      next = lease.lastSequence() + 1;
    }
    return lease;
  }

  private static void require(Journal.Admission admission) {
    switch (admission) {
      case TAKEN -> {}
      case BUSY -> throw new OwnStreamException.Busy("the journal's ring is full");
      case DISK_LOW -> throw new OwnStreamException.DiskLow();
      case FAILED -> throw new OwnStreamException.Failed();
    }
  }

  private synchronized void reopen(long atEpoch) {
    epoch = atEpoch;
    opening = null;
    next = 0;
  }

  /**
   * Writes a batch and waits until it is durable; while it cannot be taken, tries again.
   *
   * @param within time to wait in all
   * @throws OwnStreamException when it is not durable by then, by the reason
   */
  public Written write(Fill fill, Duration within) {
    return write(fill, now() + within.toNanos(), within);
  }

  private Written write(Fill fill, long deadline, Duration within) {
    RetryPause pause = new RetryPause();
    while (true) {
      try {
        return await(send(fill), deadline, within);
      } catch (OwnStreamException.Busy | OwnStreamException.DiskLow notTaken) {
        if (deadline - now() <= 0) {
          throw notTaken;
        }
        LockSupport.parkNanos(this, pause.nanos());
      }
    }
  }

  private Written await(CompletableFuture<Written> sent, long deadline, Duration within) {
    try {
      return sent.get(Math.max(0, deadline - now()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new OwnStreamException.Unanswered(within.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OwnStreamException.Unanswered(within.toMillis());
    } catch (ExecutionException e) {
      throw failure(sent);
    }
  }

  private long now() {
    return shared.nanoClock().getAsLong();
  }

  private static RuntimeException failure(CompletableFuture<?> failed) {
    try {
      failed.getNow(null);
      throw new IllegalStateException("did not fail");
    } catch (CompletionException e) {
      return e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** The journal's answer to a batch. */
  private final class Sent implements Journal.Receipt {
    private final CompletableFuture<Written> answer = new CompletableFuture<>();
    private final SealedBatch batch;
    private final SealEpochs.Ticket ticket;

    private Sent(SealedBatch batch, SealEpochs.Ticket ticket) {
      this.batch = batch;
      this.ticket = ticket;
    }

    @Override
    public void durable(long journalSequence) {
      ticket.close();
      answer.complete(new Written(journalSequence, batch.sequences(), batch.rejected()));
    }

    @Override
    public void fenced() {
      ticket.close();
      answer.completeExceptionally(new OwnStreamException.Fenced(stream));
      reopen(EPOCH);
    }

    @Override
    public void failed(JournalException cause) {
      ticket.close();
      answer.completeExceptionally(new OwnStreamException.Failed(cause));
    }
  }

  /** The journal's answer to the opening. */
  private final class Asked implements Journal.OpenReceipt {
    private final CompletableFuture<StreamLease> answer;

    private Asked(CompletableFuture<StreamLease> answer) {
      this.answer = answer;
    }

    @Override
    public void opened(StreamLease lease) {
      answer.complete(lease);
    }

    @Override
    public void fenced(long currentEpoch) {
      reopen(currentEpoch);
    }

    @Override
    public void tooManyStreams(int limit) {
      answer.completeExceptionally(new OwnStreamException.TooManyStreams(limit));
    }

    @Override
    public void failed(JournalException cause) {
      answer.completeExceptionally(new OwnStreamException.Failed(cause));
    }
  }
}
