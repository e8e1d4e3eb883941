package vellum.core.export;

/** An export cannot be made, or not be gone on with. Messages name months and bounds. */
public sealed class ExportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ExportException(String message) {
    super(message);
  }

  /** Whether trying again later may help. */
  public boolean recoverable() {
    return false;
  }

  /** What was asked for is not an export. */
  public static final class BadRequest extends ExportException {
    private static final long serialVersionUID = 1L;

    BadRequest(String message) {
      super(message);
    }
  }

  /** The export to go on with is of another moment: months have changed since. */
  public static final class Changed extends ExportException {
    private static final long serialVersionUID = 1L;

    Changed(String message) {
      super(message);
    }
  }

  /** The session is not there: it stood idle, ended, or the server was started anew. */
  public static final class NoSession extends ExportException {
    private static final long serialVersionUID = 1L;

    NoSession(String message) {
      super(message);
    }
  }

  /** As many exports as the server makes at a time are being made. */
  public static final class TooMany extends ExportException {
    private static final long serialVersionUID = 1L;

    TooMany(String message) {
      super(message);
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** The server did not come to it in time. */
  public static final class Busy extends ExportException {
    private static final long serialVersionUID = 1L;

    Busy(String message) {
      super(message);
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }
}
