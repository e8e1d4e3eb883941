package vellum.ingest.node;

import java.util.List;

/** The node cannot start or cannot go on. Messages name settings, files and bounds, no values. */
public abstract sealed class NodeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NodeException(String message) {
    super(message);
  }

  NodeException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether starting again may help without anybody's doing. */
  public abstract boolean recoverable();

  /** A setting is unknown, is given twice or has a value that it cannot have. */
  public static final class BadConfig extends NodeException {
    private static final long serialVersionUID = 1L;

    BadConfig(String message) {
      super(message);
    }

    BadConfig(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean recoverable() {
      return false;
    }
  }

  /** The machine, the Java runtime or the data directory is not as it must be. */
  public static final class NotFit extends NodeException {
    private static final long serialVersionUID = 1L;

    NotFit(List<String> problems) {
      super("cannot start here:\n  - " + String.join("\n  - ", problems));
    }

    @Override
    public boolean recoverable() {
      return false;
    }
  }

  /** A part stopped working; ingest was stopped with it. */
  public static final class Stopped extends NodeException {
    private static final long serialVersionUID = 1L;

    Stopped(String part, String why, Throwable cause) {
      super(part + " stopped: " + why, cause);
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** Some part could not be closed as it should; the next start recovers from the journal. */
  public static final class BadStop extends NodeException {
    private static final long serialVersionUID = 1L;

    BadStop(String part, Throwable cause) {
      super("could not close " + part + ": " + Places.say(cause), cause);
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }
}
