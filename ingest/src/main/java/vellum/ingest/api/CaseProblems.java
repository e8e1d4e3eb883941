package vellum.ingest.api;

import com.linecorp.armeria.common.HttpStatus;
import vellum.core.casefile.CaseException;
import vellum.core.hold.HoldException;

/** What cases that are refused are to the caller. Stateless. */
final class CaseProblems {

  private CaseProblems() {}

  static Problem of(CaseException refused) {
    return new Problem(status(refused), refused.code(), String.valueOf(refused.getMessage()));
  }

  private static HttpStatus status(CaseException refused) {
    if (refused instanceof CaseException.Gone) {
      return HttpStatus.NOT_FOUND;
    } else if (refused instanceof CaseException.BadId) {
      return HttpStatus.BAD_REQUEST;
    } else if (refused instanceof CaseException.BadSubject
        || refused instanceof CaseException.BadScope) {
      return HttpStatus.UNPROCESSABLE_ENTITY;
    } else if (refused instanceof CaseException.Corrupt
        || refused instanceof CaseException.TooNew
        || refused instanceof CaseException.TooOld) {
      return HttpStatus.INTERNAL_SERVER_ERROR;
    }
    return HttpStatus.CONFLICT;
  }

  static Problem of(HoldException refused) {
    HttpStatus status = HttpStatus.CONFLICT;
    if (refused instanceof HoldException.Unknown) {
      status = HttpStatus.NOT_FOUND;
    } else if (refused instanceof HoldException.NotAllowed) {
      status = HttpStatus.FORBIDDEN;
    } else if (refused instanceof HoldException.Bad || refused instanceof HoldException.BadExpiry) {
      status = HttpStatus.UNPROCESSABLE_ENTITY;
    }
    return new Problem(status, refused.code(), String.valueOf(refused.getMessage()));
  }
}
