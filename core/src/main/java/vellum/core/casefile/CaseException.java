package vellum.core.casefile;

import org.jspecify.annotations.Nullable;

/**
 * What was asked of a case cannot be done; nothing was changed. Messages name bounds and
 * conditions, and never a subject, nor a case to somebody who did not name it.
 */
public abstract sealed class CaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  CaseException(String code, String message, @Nullable Throwable cause) {
    super(message, cause);
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

  /** A text is no case's id. */
  public static final class BadId extends CaseException {
    private static final long serialVersionUID = 1L;

    BadId() {
      super(
          "BAD_CASE_ID",
          "a case's id is H, O or R, a dash, and 8 digits or letters without I, L, O and U",
          null);
    }
  }

  /** A subject is not what its kind says. */
  public static final class BadSubject extends CaseException {
    private static final long serialVersionUID = 1L;

    /**
     * @param code such as {@code BAD_NUMBER}
     * @param what the kind and its bound; never the value
     */
    BadSubject(String code, String what) {
      super(code, what, null);
    }
  }

  /** What a case is to cover is not as it must be. */
  public static final class BadScope extends CaseException {
    private static final long serialVersionUID = 1L;

    public BadScope(String what) {
      super("BAD_SCOPE", what, null);
    }
  }

  /** There is no such case any more, or there never was. */
  public static final class Gone extends CaseException {
    private static final long serialVersionUID = 1L;

    Gone() {
      super("NOT_FOUND", "no such case", null);
    }
  }

  /** Somebody else changed the case, or closed it, since it was read. */
  public static final class Stale extends CaseException {
    private static final long serialVersionUID = 1L;

    Stale(int expected) {
      super(
          "CASE_CHANGED",
          "the case is not at revision " + expected + " any more: read it again",
          null);
    }
  }

  /** A document is longer than one may be, or a case has been changed too often. */
  public static final class TooLarge extends CaseException {
    private static final long serialVersionUID = 1L;

    TooLarge(String what) {
      super("CASE_TOO_LARGE", what, null);
    }
  }

  /** A row of the control store is not what was written, or its key is another. */
  public static final class Corrupt extends CaseException {
    private static final long serialVersionUID = 1L;

    public Corrupt(String what, @Nullable Throwable cause) {
      super("CASE_CORRUPT", what, cause);
    }
  }

  /** A row was written by a newer version than this one. */
  public static final class TooNew extends CaseException {
    private static final long serialVersionUID = 1L;

    public TooNew(String what, int format, int newest) {
      super(
          "CASE_TOO_NEW",
          what + " has format " + format + ", this version reads up to " + newest,
          null);
    }
  }

  /** A row was written in a format that is read no more. */
  public static final class TooOld extends CaseException {
    private static final long serialVersionUID = 1L;

    public TooOld(String what, int format) {
      super("CASE_TOO_OLD", what + " has format " + format + ", which is read no more", null);
    }
  }
}
