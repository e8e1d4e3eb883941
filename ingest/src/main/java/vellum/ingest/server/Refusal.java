package vellum.ingest.server;

import vellum.ingest.protocol.CorruptFrame;
import vellum.v1.Failure;
import vellum.v1.FailureCode;
import vellum.v1.Frame;

/**
 * Why a connection ends.
 *
 * @param reason for people: names and bounds, never a value that was sent
 * @param retryAfterMs 0 when trying again is not helped by waiting
 */
record Refusal(FailureCode code, String reason, int retryAfterMs) {

  static Refusal of(FailureCode code, String reason) {
    return new Refusal(code, reason, 0);
  }

  static Refusal of(CorruptFrame corrupt) {
    return of(corrupt.code(), corrupt.reason());
  }

  static Refusal misplaced() {
    return of(FailureCode.GARBLED_FRAME, "not a frame that may come now");
  }

  Frame frame() {
    return Frame.newBuilder()
        .setFailure(
            Failure.newBuilder().setCode(code).setReason(reason).setRetryAfterMs(retryAfterMs))
        .build();
  }
}
