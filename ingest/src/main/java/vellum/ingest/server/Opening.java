package vellum.ingest.server;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import vellum.core.journal.Journal;
import vellum.core.journal.JournalException;
import vellum.core.journal.StreamLease;
import vellum.v1.FailureCode;
import vellum.v1.Hello;

/** The journal's answer to a hello, carried from its thread to the connection's event loop. */
record Opening(EventLoop loop, Connection connection, Hello hello) implements Journal.OpenReceipt {

  @Override
  public void opened(StreamLease lease) {
    hop(() -> connection.opened(lease, hello));
  }

  @Override
  public void fenced(long currentEpoch) {
    refuse(Refusal.of(FailureCode.FENCED, "the stream has epoch " + currentEpoch));
  }

  @Override
  public void tooManyStreams(int limit) {
    refuse(Refusal.of(FailureCode.TOO_MANY_STREAMS, "more than " + limit + " streams"));
  }

  @Override
  public void failed(JournalException cause) {
    refuse(Refusal.of(FailureCode.JOURNAL_FAILED, "the journal failed"));
  }

  private void refuse(Refusal refusal) {
    hop(() -> connection.refuse(refusal));
  }

  private void hop(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      // The server has ended before its journal; nobody is left to be told.
      return;
    }
  }
}
