package vellum.ingest.protocol;

import vellum.v1.FailureCode;

/**
 * Bytes that are not a frame. None of them is recoverable: after it the peer's bytes have no
 * meaning, so the connection is to be closed.
 *
 * @param code what is wrong
 * @param reason for people: names and bounds, never a value that was sent
 */
public record CorruptFrame(FailureCode code, String reason) implements Received {

  static CorruptFrame garbled(String reason) {
    return new CorruptFrame(FailureCode.GARBLED_FRAME, reason);
  }
}
