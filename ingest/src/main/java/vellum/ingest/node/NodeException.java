package vellum.ingest.node;

import java.util.List;
import vellum.core.crypto.CryptoException;
import vellum.core.journal.JournalException;
import vellum.core.store.StoreException;
import vellum.ingest.api.ApiException;
import vellum.ingest.server.ServerException;

/**
 * The node cannot start or cannot go on. Messages name settings, files, bounds and values of
 * settings.
 */
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

  /** An address is in use, or none of this machine's. */
  public static final class CannotListen extends NodeException {
    private static final long serialVersionUID = 1L;

    private CannotListen(Throwable cause, String flag, String section) {
      super(
          cause.getMessage()
              + ": another process has the port, or the host is none of this machine; say another"
              + " with "
              + flag
              + " or "
              + section
              + ".port",
          cause);
    }

    /** A server's failure with the settings to change; any other as it is. */
    static RuntimeException named(RuntimeException failure) {
      if (failure instanceof ServerException.CannotListen) {
        return new CannotListen(failure, "--tcp", "ingest");
      }
      return failure instanceof ApiException.CannotListen
          ? new CannotListen(failure, "--http", "http")
          : failure;
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** A part of the data directory is lost or damaged; nothing was changed. */
  public static final class Damaged extends NodeException {
    private static final long serialVersionUID = 1L;

    Damaged(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean recoverable() {
      return false;
    }
  }

  /** A part stopped working; ingest was stopped with it. */
  public static final class Stopped extends NodeException {
    private static final long serialVersionUID = 1L;

    private final boolean damage;

    Stopped(String part, String why, Throwable cause) {
      super(part + " stopped: " + why + (isDamage(cause) ? advice(cause) : ""), cause);
      damage = isDamage(cause);
    }

    /** Whether what stopped it is on the disk, and will be there at the next start. */
    private static boolean isDamage(Throwable cause) {
      return cause instanceof StoreException.Corrupt
          || cause instanceof StoreException.WrongFormat
          || cause instanceof JournalException.Corrupt
          || cause instanceof JournalException.WrongFormat
          || cause instanceof CryptoException key && !key.recoverable();
    }

    private static String advice(Throwable cause) {
      return cause instanceof StoreException
          ? "; stop the server, then restore that directory from a backup"
          : "";
    }

    @Override
    public boolean recoverable() {
      return !damage;
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
