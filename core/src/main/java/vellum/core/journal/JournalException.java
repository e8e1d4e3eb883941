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

  /** Whether opening the journal again may help without anybody's doing. */
  public boolean recoverable() {
    return false;
  }

  /** A force failed: what is on the disk is unknown until a restart reads it. */
  public static final class ForceFailed extends JournalException {
    private static final long serialVersionUID = 1L;

    ForceFailed(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** A batch could not be written, or a segment not be made. */
  public static final class WriteFailed extends JournalException {
    private static final long serialVersionUID = 1L;

    WriteFailed(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** A batch is larger than the journal takes. The journal itself is well. */
  public static final class BatchTooLarge extends JournalException {
    private static final long serialVersionUID = 1L;

    BatchTooLarge(String message) {
      super(message);
    }
  }

  /** Batches that must be there are not, or are not what was written. */
  public static final class Corrupt extends JournalException {
    private static final long serialVersionUID = 1L;

    Corrupt(String message) {
      super(message);
    }

    Corrupt(String message, Throwable cause) {
      super(message, cause);
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

    @Override
    public boolean recoverable() {
      return true;
    }
  }
}
