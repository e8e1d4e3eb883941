package vellum.ingest.api;

import com.linecorp.armeria.common.HttpStatus;

/**
 * A request that is answered with an error: a code for programs and a detail for people, which
 * names fields and bounds and never repeats a value. Without a stack trace: bad requests are an
 * expected outcome.
 */
final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient HttpStatus status;
  private final String code;

  Problem(HttpStatus status, String code, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
  }

  static Problem bad(String code, String detail) {
    return new Problem(HttpStatus.BAD_REQUEST, code, detail);
  }

  static Problem notFound(String detail) {
    return new Problem(HttpStatus.NOT_FOUND, "NOT_FOUND", detail);
  }

  /** When to try again; 0 where that is no question of time. */
  int retryAfterSeconds() {
    return status.equals(HttpStatus.TOO_MANY_REQUESTS)
            || status.equals(HttpStatus.SERVICE_UNAVAILABLE)
        ? 1
        : 0;
  }

  HttpStatus status() {
    return status;
  }

  String code() {
    return code;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
