package vellum.core.hold;

import java.time.Instant;

/**
 * What was asked of holds cannot be done; nothing was changed. Messages name fields and bounds, and
 * never whom a hold is about.
 */
public abstract sealed class HoldException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  HoldException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Name of the condition, as interfaces say it. */
  public final String code() {
    return code;
  }

  /** Whether the same call may succeed later without anybody's doing: it may not, for any. */
  public final boolean recoverable() {
    return false;
  }

  /** A field is not as it must be. */
  public static final class Bad extends HoldException {
    private static final long serialVersionUID = 1L;

    Bad(String what) {
      super("BAD_HOLD", what);
    }
  }

  /** There is none, or none that the asker may know of: nobody can tell the two apart. */
  public static final class Unknown extends HoldException {
    private static final long serialVersionUID = 1L;

    public Unknown() {
      super("NOT_FOUND", "no such hold");
    }
  }

  /** The asker may not do that to holds which are no secret. */
  public static final class NotAllowed extends HoldException {
    private static final long serialVersionUID = 1L;

    NotAllowed(String what) {
      super("FORBIDDEN", what);
    }
  }

  /** A hold ends too early or too late. */
  public static final class BadExpiry extends HoldException {
    private static final long serialVersionUID = 1L;

    BadExpiry(Instant after, Instant latest) {
      super("BAD_EXPIRY", "a hold's expiry is after " + after + ", and at most " + latest);
    }
  }

  /** The hold is released, or being released. */
  public static final class Over extends HoldException {
    private static final long serialVersionUID = 1L;

    Over() {
      super("HOLD_OVER", "the hold is over: what it kept is erased, or being erased");
    }
  }

  /** There are as many holds as there may be at a time. */
  public static final class TooMany extends HoldException {
    private static final long serialVersionUID = 1L;

    TooMany(int most) {
      super("TOO_MANY_HOLDS", "at most " + most + " holds are open at a time");
    }
  }
}
