package vellum.ingest.api;

import com.linecorp.armeria.common.HttpStatus;
import vellum.core.subject.RequestException;

/** What people's requests that are refused are to the caller. Stateless. */
final class PersonProblems {

  private PersonProblems() {}

  static Problem of(RequestException refused) {
    return new Problem(status(refused), refused.code(), String.valueOf(refused.getMessage()));
  }

  private static HttpStatus status(RequestException refused) {
    if (refused instanceof RequestException.Unknown
        || refused instanceof RequestException.NoPackage) {
      return HttpStatus.NOT_FOUND;
    } else if (refused instanceof RequestException.BadText) {
      return HttpStatus.BAD_REQUEST;
    } else if (refused instanceof RequestException.WrongFormat
        || refused instanceof RequestException.NotCorrected) {
      return HttpStatus.INTERNAL_SERVER_ERROR;
    }
    return refused.recoverable() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.CONFLICT;
  }
}
