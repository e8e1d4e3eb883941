package vellum.core.audit;

/** The trail cannot do its work. Messages name entries and conditions, and nobody. */
public abstract sealed class AuditException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AuditException(String message) {
    super(message);
  }

  AuditException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether trying again later may help. */
  public abstract boolean recoverable();

  /** The entry is not written, so what it is about must not be answered. */
  public static final class Unavailable extends AuditException {
    private static final long serialVersionUID = 1L;

    public Unavailable(Throwable cause) {
      super("the audit trail cannot be written", cause);
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** What is stored of the trail does not fit together. */
  public static final class Damaged extends AuditException {
    private static final long serialVersionUID = 1L;

    Damaged(String what) {
      super(
          "the audit trail is damaged: "
              + what
              + "; see: vellum audit verify, and restore the directory control");
    }

    @Override
    public boolean recoverable() {
      return false;
    }
  }

  /** What was given as a trail, a checkpoint or a key is none. */
  public static final class Unreadable extends AuditException {
    private static final long serialVersionUID = 1L;

    Unreadable(String what) {
      super(what);
    }

    @Override
    public boolean recoverable() {
      return false;
    }
  }
}
