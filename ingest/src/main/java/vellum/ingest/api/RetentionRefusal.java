package vellum.ingest.api;

/** Retention does not do what was asked; the message says why and names no identity. */
public abstract sealed class RetentionRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RetentionRefusal(String message) {
    super(message);
  }

  /** Whether the same request may succeed later. */
  public boolean recoverable() {
    return false;
  }

  /** A policy breaks a rule; the message names line and field. */
  public static final class BadPolicy extends RetentionRefusal {
    private static final long serialVersionUID = 1L;

    public BadPolicy(String message) {
      super(message);
    }
  }

  /** What was asked breaks a rule of retention as things are. */
  public static final class NotAllowed extends RetentionRefusal {
    private static final long serialVersionUID = 1L;

    public NotAllowed(String message) {
      super(message);
    }
  }

  /** The schema has no field of the name. */
  public static final class UnknownField extends RetentionRefusal {
    private static final long serialVersionUID = 1L;

    public UnknownField() {
      super("the schema has no field of this name");
    }
  }

  /** A backup of keys cannot be made as described. */
  public static final class BadBackup extends RetentionRefusal {
    private static final long serialVersionUID = 1L;

    public BadBackup(String message) {
      super(message);
    }
  }

  Problem problem() {
    String detail = String.valueOf(getMessage());
    if (this instanceof BadPolicy) {
      return Problem.bad("BAD_POLICY", detail);
    } else if (this instanceof UnknownField) {
      return Problem.bad("BAD_FIELD", detail);
    } else if (this instanceof BadBackup) {
      return Problem.bad("BAD_BACKUP", detail);
    }
    return new Problem(
        com.linecorp.armeria.common.HttpStatus.CONFLICT, "REFUSED_BY_RETENTION", detail);
  }
}
