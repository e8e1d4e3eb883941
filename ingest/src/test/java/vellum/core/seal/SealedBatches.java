package vellum.core.seal;

import java.util.List;

/** Makes sealed batches for tests, which the package alone can. */
public final class SealedBatches {

  private SealedBatches() {}

  public static SealedBatch of(byte[] body, int sequences, List<Rejected> rejected) {
    return new SealedBatch(body, body.length, sequences, rejected);
  }
}
