package vellum.core.suspense;

/** What was asked of suspense cannot be done; nothing was changed. */
public sealed class SuspenseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SuspenseException(String message) {
    super(message);
  }

  /** Whether trying again later may help without anybody's doing. */
  public boolean recoverable() {
    return false;
  }

  /** A correction names no field that may be set, or a value that the field does not take. */
  public static final class BadCorrection extends SuspenseException {
    private static final long serialVersionUID = 1L;

    BadCorrection(String message) {
      super(message);
    }
  }

  /** What the journal holds is not applied in time; what was sent may still be applied. */
  public static final class Lagging extends SuspenseException {
    private static final long serialVersionUID = 1L;

    Lagging(long waitedMs) {
      super("what the journal holds is not applied after " + waitedMs + " ms; try again");
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }
}
