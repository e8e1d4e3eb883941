package vellum.core.journal;

/** A batch of the server's own was not written, or it is not known whether it was. */
public sealed class OwnStreamException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OwnStreamException(String message) {
    super(message);
  }

  OwnStreamException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether trying again later may help without anybody's doing. */
  public boolean recoverable() {
    return true;
  }

  /** The journal's ring is full, the applier is behind, or the stream is being opened. */
  public static final class Busy extends OwnStreamException {
    private static final long serialVersionUID = 1L;

    Busy(String message) {
      super(message);
    }
  }

  /** Free space is below the journal's reserve; nothing was taken. */
  public static final class DiskLow extends OwnStreamException {
    private static final long serialVersionUID = 1L;

    DiskLow() {
      super(
          "free disk space is below the journal's reserve: nothing is written until there is more");
    }
  }

  /** Taken, and not answered in time: it may become durable later. */
  public static final class Unanswered extends OwnStreamException {
    private static final long serialVersionUID = 1L;

    Unanswered(long waitedMs) {
      super("the journal did not answer within " + waitedMs + " ms; what was sent may still come");
    }
  }

  /** Somebody else took the stream; nothing was taken. The next batch takes it back. */
  public static final class Fenced extends OwnStreamException {
    private static final long serialVersionUID = 1L;

    Fenced(StreamId stream) {
      super("stream " + stream + " was taken over");
    }
  }

  /** The journal knows as many streams as it may; nothing was taken. */
  public static final class TooManyStreams extends OwnStreamException {
    private static final long serialVersionUID = 1L;

    TooManyStreams(int limit) {
      super("the journal takes no further stream: it has " + limit);
    }
  }

  /** The journal failed, and takes nothing until a restart. */
  public static final class Failed extends OwnStreamException {
    private static final long serialVersionUID = 1L;

    Failed() {
      super("the journal takes nothing until a restart");
    }

    Failed(JournalException cause) {
      super("the journal failed: " + cause.getMessage(), cause);
    }

    @Override
    public boolean recoverable() {
      return false;
    }
  }
}
