package vellum.core.journal;

import java.util.List;

/** Collects journal sequences; anything else is an error. */
record Durable(List<Long> sequences) implements Journal.Receipt {

  @Override
  public void durable(long journalSequence) {
    sequences.add(journalSequence);
  }

  @Override
  public void fenced() {
    throw new AssertionError("fenced");
  }

  @Override
  public void failed(JournalException cause) {
    throw new AssertionError(cause);
  }
}
