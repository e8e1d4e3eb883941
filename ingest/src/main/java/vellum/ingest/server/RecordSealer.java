package vellum.ingest.server;

import java.util.function.Predicate;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.SealedBatch;

/** Port: seals the records of one batch at a time. Used by one event loop. */
public interface RecordSealer {

  /** Starts a batch; whatever an unfinished one held is dropped. */
  void begin(Predicate<String> accountAllowed);

  /** Adds a {@code vellum.v1.DetailRecord} in its encoding; the bytes are only valid now. */
  void add(byte[] record, int offset, int length);

  /** Adds a {@code vellum.v1.UsageRecord}, likewise. */
  void addUsage(byte[] event, int offset, int length);

  /** Whether the batch should end before another record. */
  boolean isFull();

  /** Ends the batch. */
  SealedBatch finish();

  /** Forgets what it holds of destroyed keys; called now and then, between two batches. */
  void dropDestroyed();

  /** The sealer of the store. */
  static RecordSealer of(BatchSealer sealer) {
    return new RecordSealer() {
      @Override
      public void begin(Predicate<String> accountAllowed) {
        sealer.begin(accountAllowed);
      }

      @Override
      public void add(byte[] record, int offset, int length) {
        sealer.add(record, offset, length);
      }

      @Override
      public void addUsage(byte[] event, int offset, int length) {
        sealer.addUsage(event, offset, length);
      }

      @Override
      public boolean isFull() {
        return sealer.isFull();
      }

      @Override
      public SealedBatch finish() {
        return sealer.finish();
      }

      @Override
      public void dropDestroyed() {
        sealer.dropDestroyed();
      }
    };
  }
}
