package vellum.ingest.endpoint;

/** A server could not be asked, or refused. Messages name no identity. */
public abstract sealed class EndpointException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private EndpointException(String message) {
    super(message);
  }

  /** Whether trying again later can help. */
  public boolean recoverable() {
    return false;
  }

  /** No server answers. */
  public static final class Unreachable extends EndpointException {
    private static final long serialVersionUID = 1L;

    public Unreachable(String message) {
      super(message);
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** Something listens, but no secure connection to it can be made. */
  public static final class Insecure extends EndpointException {
    private static final long serialVersionUID = 1L;

    public Insecure(String message) {
      super(message);
    }
  }

  /** A server answers, but not to this token, producer or version. */
  public static final class Refused extends EndpointException {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
      super(message);
    }
  }

  /** The server named a fault of the request, or of its own (RFC 9457). */
  public static final class Problem extends EndpointException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * Of an answer.
     *
     * @param status of HTTP (RFC 9110)
     * @param code the server's name for the fault
     */
    public Problem(int status, String code, String detail) {
      super(code + ": " + detail);
      this.status = status;
      this.code = code;
    }

    public int status() {
      return status;
    }

    public String code() {
      return code;
    }

    @Override
    public boolean recoverable() {
      return status == 503 || status == 429;
    }
  }
}
