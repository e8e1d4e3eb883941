package vellum.ingest.server;

import io.netty.channel.Channel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import vellum.core.journal.Journal;
import vellum.core.journal.JournalException;
import vellum.core.journal.StreamLease;
import vellum.v1.FailureCode;
import vellum.v1.Frame;
import vellum.v1.Goodbye;

/**
 * A client's Goodbye on its way to the answer. One that names a later sequence than came is written
 * into the journal first: what is missing is a gap. For the connection's event loop; the journal's
 * answer comes from its thread and is carried there.
 */
final class Leaving implements Journal.Receipt {

  /** What the journal takes. */
  private static final long MAX_SEQUENCE = Long.MAX_VALUE / 2;

  private static final long RETRY_MS = 2;

  private final Connection connection;
  private final ConnectionParts parts;
  private final StreamLease lease;
  private final long last;
  private boolean asked;
  private boolean done;

  Leaving(Connection connection, ConnectionParts parts, Intake intake, Goodbye goodbye) {
    this.connection = connection;
    this.parts = parts;
    this.lease = intake.lease();
    this.last = goodbye.getLastSequence();
    this.done = last >= 0 && last <= intake.received();
  }

  /** Whether it can be answered; asks the journal if need be. All batches are answered. */
  boolean isDone() {
    if (!done && !asked) {
      asked = true;
      ask();
    }
    return done;
  }

  private void ask() {
    if (last < 0 || last > MAX_SEQUENCE) {
      connection.refuse(
          Refusal.of(FailureCode.BAD_SEQUENCE, "Goodbye names a sequence beyond " + MAX_SEQUENCE));
      return;
    }
    switch (parts.services().journal().end(lease, last, this)) {
      case BUSY ->
          parts.channel().eventLoop().schedule(this::askAgain, RETRY_MS, TimeUnit.MILLISECONDS);
      case DISK_LOW ->
          connection.refuse(
              parts.services().later(FailureCode.DISK_LOW, "free space is below the reserve"));
      case FAILED -> connection.refuse(parts.services().journalFailed());
      case TAKEN -> {}
    }
  }

  private void askAgain() {
    if (connection.state() == ConnectionState.DRAINING) {
      ask();
    }
  }

  /** The answer to the client. */
  Frame frame() {
    return Frame.newBuilder()
        .setGoodbye(Goodbye.newBuilder().setLastSequence(parts.answers().acked()))
        .build();
  }

  @Override
  public void durable(long journalSequence) {
    hop(
        () -> {
          done = true;
          parts.services().stats().gap();
          connection.settle();
        });
  }

  @Override
  public void fenced() {
    hop(
        () ->
            connection.refuse(
                Refusal.of(FailureCode.FENCED, "a newer connection holds the stream")));
  }

  @Override
  public void failed(JournalException cause) {
    hop(() -> connection.refuse(parts.services().journalFailed()));
  }

  private void hop(Runnable task) {
    Channel channel = parts.channel();
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      // The server has ended before its journal; nobody is left to be told.
      return;
    }
  }
}
