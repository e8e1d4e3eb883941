package vellum.core.seal;

import java.util.function.Predicate;

/** Seals the records of one batch at a time. Not thread-safe: one for each thread that seals. */
public final class BatchSealer {

  /** Starts a batch. Records of accounts that are not allowed are rejected. */
  public void begin(Predicate<String> accountAllowed) {
    throw new IllegalStateException(accountAllowed.toString());
  }

  /** Adds a {@code vellum.v1.DetailRecord} in its Protobuf encoding: sealed, or rejected. */
  public void add(byte[] record, int offset, int length) {
    throw new IllegalStateException(String.valueOf(offset + length + record.length));
  }

  /** Ends the batch. */
  public SealedBatch finish() {
    throw new IllegalStateException();
  }
}
