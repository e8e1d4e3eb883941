package vellum.core.journal;

import java.util.List;

/** Collects leases; anything else is an error. */
record Leases(List<StreamLease> given) implements Journal.OpenReceipt {

  @Override
  public void opened(StreamLease lease) {
    given.add(lease);
  }

  @Override
  public void fenced(long currentEpoch) {
    throw new AssertionError("fenced by epoch " + currentEpoch);
  }

  @Override
  public void tooManyStreams(int limit) {
    throw new AssertionError("more streams than " + limit);
  }

  @Override
  public void failed(JournalException cause) {
    throw new AssertionError(cause);
  }
}
