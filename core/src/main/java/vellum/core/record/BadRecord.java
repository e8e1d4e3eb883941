package vellum.core.record;

import vellum.v1.RejectionCode;

/**
 * A record breaks a rule of the schema. Carries a code, the field's name and the bound, never a
 * value. Without a stack trace: bad input is an expected outcome.
 */
public final class BadRecord extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final RejectionCode code;

  public BadRecord(RejectionCode code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  public RejectionCode code() {
    return code;
  }

  /** For people: names of fields and bounds. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
