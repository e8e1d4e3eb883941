package vellum.core.seal;

/**
 * A record of a batch that was not taken.
 *
 * @param offset of the record in its batch, from 0
 * @param code number of its {@link vellum.v1.RejectionCode}
 * @param reason for people: names of fields and bounds, never a value
 */
public record Rejected(int offset, int code, String reason) {}
