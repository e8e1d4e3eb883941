package vellum.ingest.api;

/** The HTTP server cannot do its work. */
public abstract sealed class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ApiException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether trying again later may help. */
  public abstract boolean recoverable();

  /** The address is in use, or none of this machine's. */
  public static final class CannotListen extends ApiException {
    private static final long serialVersionUID = 1L;

    CannotListen(String host, int port, Throwable cause) {
      super("cannot listen at " + host + ":" + port, cause);
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }
}
