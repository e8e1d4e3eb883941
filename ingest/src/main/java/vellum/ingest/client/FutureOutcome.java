package vellum.ingest.client;

import java.util.concurrent.CompletableFuture;
import vellum.v1.RejectionCode;

/** Outcome that completes a future. */
record FutureOutcome(CompletableFuture<Receipt> future) implements Outcome {

  @Override
  public void taken(long sequence) {
    future.complete(new Receipt(sequence, RejectionCode.REJECTION_CODE_UNSPECIFIED, ""));
  }

  @Override
  public void rejected(long sequence, RejectionCode code, String reason) {
    future.complete(new Receipt(sequence, code, reason));
  }

  @Override
  public void failed(ClientException cause) {
    future.completeExceptionally(cause);
  }
}
