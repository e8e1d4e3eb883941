package vellum.core.retention;

/** A confirmation of the clock was refused. */
public sealed class ClockException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ClockException(String message) {
    super(message);
  }

  /** Whether the same call may succeed later, without anybody changing what was asked. */
  public final boolean recoverable() {
    return false;
  }

  /** The clock is trusted, and the guard is not behind it. */
  public static final class NothingToConfirm extends ClockException {
    private static final long serialVersionUID = 1L;

    NothingToConfirm() {
      super("the clock is trusted: there is nothing to confirm");
    }
  }

  /** Who confirms, or why, is missing or too long. */
  public static final class NotExplained extends ClockException {
    private static final long serialVersionUID = 1L;

    NotExplained(String what, int chars, int most) {
      super(what + " must have 1 to " + most + " characters, none of them a control: " + chars);
    }
  }
}
