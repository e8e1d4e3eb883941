package vellum.ingest.tls;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A file of TLS is not what it must be. Messages name files and what to do, and never hold a key or
 * a name out of a certificate.
 */
public abstract sealed class TlsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private TlsException(String message, Throwable cause) {
    super(message, cause);
  }

  private TlsException(String message) {
    super(message);
  }

  /** Whether trying again may help without anybody's doing. */
  public boolean recoverable() {
    return false;
  }

  /** The file is not there, or another user's. */
  public static final class Unreadable extends TlsException {
    private static final long serialVersionUID = 1L;

    Unreadable(Path file, String why, Throwable cause) {
      super(file + " cannot be read: " + why, cause);
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** The file holds no PEM, or not what it is for. */
  public static final class BadPem extends TlsException {
    private static final long serialVersionUID = 1L;

    BadPem(Path file, String what) {
      super(file + " " + what);
    }
  }

  /** The key is another certificate's. */
  public static final class KeyMismatch extends TlsException {
    private static final long serialVersionUID = 1L;

    KeyMismatch(Path key, Path certificate) {
      super(key + " is not the key of the first certificate in " + certificate);
    }
  }

  /** A certificate's time is over. */
  public static final class Expired extends TlsException {
    private static final long serialVersionUID = 1L;

    Expired(Path certificate, int place, Instant end) {
      super(
          "certificate "
              + place
              + " in "
              + certificate
              + " expired at "
              + end
              + ": put a new one in its place");
    }
  }

  /** A certificate's time has not come. */
  public static final class NotYetValid extends TlsException {
    private static final long serialVersionUID = 1L;

    NotYetValid(Path certificate, int place, Instant begin) {
      super(
          "certificate "
              + place
              + " in "
              + certificate
              + " is valid from "
              + begin
              + " only: see whether the clock is right");
    }
  }

  /** Key and certificates are whole, and the TLS library does not take them. */
  public static final class Unusable extends TlsException {
    private static final long serialVersionUID = 1L;

    Unusable(String what, Throwable cause) {
      super(
          what + " is nothing that TLS can use (" + cause.getClass().getSimpleName() + ")", cause);
    }
  }
}
