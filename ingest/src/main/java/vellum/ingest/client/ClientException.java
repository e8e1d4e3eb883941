package vellum.ingest.client;

import vellum.v1.FailureCode;

/** The client cannot do what was asked. */
public abstract sealed class ClientException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ClientException(String message) {
    super(message);
  }

  /** Whether the same call may succeed later on the same client. */
  public boolean recoverable() {
    return false;
  }

  /** There was no room for the record in time; it was not taken. */
  public static final class Overloaded extends ClientException {
    private static final long serialVersionUID = 1L;

    Overloaded(int batches, int waitedMs) {
      super(batches + " batches are unanswered after " + waitedMs + " ms");
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** Not everything was answered in time; it may still be. */
  public static final class DeadlinePassed extends ClientException {
    private static final long serialVersionUID = 1L;

    DeadlinePassed(long waitedMs) {
      super("records are unanswered after " + waitedMs + " ms");
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** The waiting thread was interrupted; its flag is set again. */
  public static final class Interrupted extends ClientException {
    private static final long serialVersionUID = 1L;

    Interrupted() {
      super("interrupted while waiting for the server");
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** The client was closed. */
  public static final class Closed extends ClientException {
    private static final long serialVersionUID = 1L;

    Closed() {
      super("the client is closed");
    }
  }

  /** The server does not accept the token. */
  public static final class BadToken extends ClientException {
    private static final long serialVersionUID = 1L;

    BadToken(String reason) {
      super("token refused: " + reason);
    }
  }

  /** The server speaks another version. */
  public static final class UnknownProtocol extends ClientException {
    private static final long serialVersionUID = 1L;

    UnknownProtocol(String reason) {
      super("version refused: " + reason);
    }
  }

  /**
   * The connection is not secure, or the server takes only such: certificates, names or versions do
   * not fit. Ends a client that no server ever welcomed; another connects again.
   */
  public static final class TlsFailed extends ClientException {
    private static final long serialVersionUID = 1L;

    TlsFailed(String reason) {
      super("no TLS connection: " + reason);
    }
  }

  /** A newer epoch of this producer's instance, or another process of its name, has the stream. */
  public static final class Fenced extends ClientException {
    private static final long serialVersionUID = 1L;

    Fenced(String reason) {
      super("fenced: " + reason);
    }
  }

  /** A record is beyond the server's limits, even alone in its batch. */
  public static final class BeyondLimits extends ClientException {
    private static final long serialVersionUID = 1L;

    BeyondLimits(String what, long value, long bound) {
      super(what + ": " + value + ", the server takes " + bound);
    }
  }

  /** The server refused this client for good. */
  public static final class Refused extends ClientException {
    private static final long serialVersionUID = 1L;

    /** The server's code. */
    private final FailureCode code;

    Refused(FailureCode code, String reason) {
      super("refused with " + code + ": " + reason);
      this.code = code;
    }

    public FailureCode code() {
      return code;
    }
  }
}
