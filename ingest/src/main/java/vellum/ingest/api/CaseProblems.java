package vellum.ingest.api;

import com.linecorp.armeria.common.HttpStatus;
import vellum.core.casefile.CaseException;
import vellum.core.hold.HoldException;

/** What refusals about cases are to the caller. Stateless. */
final class CaseProblems {

  private CaseProblems() {}

  static Problem of(CaseException refused) {
    String detail = String.valueOf(refused.getMessage());
    if (refused instanceof CaseException.Gone) {
      return Problem.notFound(detail);
    }
    boolean isConflict =
        refused instanceof CaseException.Stale || refused instanceof CaseException.TooLarge;
    boolean isDamage =
        refused instanceof CaseException.Corrupt
            || refused instanceof CaseException.TooNew
            || refused instanceof CaseException.TooOld;
    return new Problem(
        isDamage
            ? HttpStatus.INTERNAL_SERVER_ERROR
            : isConflict ? HttpStatus.CONFLICT : HttpStatus.BAD_REQUEST,
        refused.code(),
        detail);
  }

  static Problem of(HoldException refused) {
    String detail = String.valueOf(refused.getMessage());
    HttpStatus status = HttpStatus.CONFLICT;
    if (refused instanceof HoldException.Unknown) {
      status = HttpStatus.NOT_FOUND;
    } else if (refused instanceof HoldException.NotAllowed) {
      status = HttpStatus.FORBIDDEN;
    } else if (refused instanceof HoldException.Bad || refused instanceof HoldException.BadExpiry) {
      status = HttpStatus.BAD_REQUEST;
    }
    return new Problem(status, refused.code(), detail);
  }
}
