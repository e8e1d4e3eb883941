package vellum.ingest.client;

import vellum.v1.RejectionCode;

/**
 * What becomes of a record: exactly one of these is called, once, on the client's event loop (or on
 * the thread that closes the client). Must not block.
 */
public interface Outcome {

  /** The record is durable, as the server's ack mode says. */
  void taken(long sequence);

  /**
   * The server does not take the record, and will not when it is sent again.
   *
   * @param reason names of fields and bounds; may be empty
   */
  void rejected(long sequence, RejectionCode code, String reason);

  /** The client has ended; whether the record is durable is unknown. */
  void failed(ClientException cause);
}
