package vellum.core.access;

/** A token or a file of certificates' names is not as it must be. Messages hold no token. */
public abstract sealed class AccessException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private AccessException(String message) {
    super(message);
  }

  /** Whether trying again later can help. */
  public boolean recoverable() {
    return false;
  }

  /** A name, an expiry, a role or an account cannot be so. */
  public static final class Invalid extends AccessException {
    private static final long serialVersionUID = 1L;

    public Invalid(String message) {
      super(message);
    }
  }

  /** No token of that number is there. */
  public static final class NoSuchToken extends AccessException {
    private static final long serialVersionUID = 1L;

    NoSuchToken(long number) {
      super("there is no token " + number);
    }
  }

  /** The token has ended before. */
  public static final class AlreadyOver extends AccessException {
    private static final long serialVersionUID = 1L;

    AlreadyOver(long number) {
      super("token " + number + " was revoked before, or has expired");
    }
  }

  /** Without this token nobody could manage tokens any more. */
  public static final class LastAdministrator extends AccessException {
    private static final long serialVersionUID = 1L;

    LastAdministrator() {
      super("no other token of an administrator is good for ever: make one first");
    }
  }

  /** The store holds as many tokens as it may. */
  public static final class TooMany extends AccessException {
    private static final long serialVersionUID = 1L;

    TooMany(int most) {
      super("at most " + most + " tokens are kept; those that ended are forgotten after a year");
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }
}
