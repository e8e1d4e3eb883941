package vellum.ingest.client;

import vellum.v1.RejectionCode;

/**
 * The server's answer to a record.
 *
 * @param sequence of the record in its stream; 0 when it was too large to be sent
 * @param code REJECTION_CODE_UNSPECIFIED when the record was taken
 * @param reason for people, empty when the record was taken
 */
public record Receipt(long sequence, RejectionCode code, String reason) {

  /** Whether the record is durable. */
  public boolean isTaken() {
    return code == RejectionCode.REJECTION_CODE_UNSPECIFIED;
  }
}
