package vellum.core.journal;

/** The journal failed. */
public sealed class JournalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }

  JournalException(String message) {
    super(message);
  }

  /** A force failed: what is on the disk is unknown until a restart reads it. */
  public static final class ForceFailed extends JournalException {
    private static final long serialVersionUID = 1L;

    ForceFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Batches that must be there are not, or are not what was written. */
  public static final class Corrupt extends JournalException {
    private static final long serialVersionUID = 1L;

    Corrupt(String message) {
      super(message);
    }
  }

  /** Another process has the directory. */
  public static final class Locked extends JournalException {
    private static final long serialVersionUID = 1L;

    Locked(String message) {
      super(message);
    }
  }

  /** Written by a newer version than this one. */
  public static final class WrongFormat extends JournalException {
    private static final long serialVersionUID = 1L;

    WrongFormat(String message) {
      super(message);
    }
  }

  /** The journal was closed before the call was answered. */
  public static final class Closed extends JournalException {
    private static final long serialVersionUID = 1L;

    Closed(String message) {
      super(message);
    }
  }
}
