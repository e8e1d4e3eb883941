package vellum.ingest.api;

import com.linecorp.armeria.common.HttpStatus;
import vellum.core.settlement.SettlementException;

/** What periods and postings that cannot be had are to the caller. Stateless. */
final class SettlementProblems {

  private SettlementProblems() {}

  static Problem of(SettlementException refused) {
    return new Problem(status(refused), refused.code(), String.valueOf(refused.getMessage()));
  }

  private static HttpStatus status(SettlementException refused) {
    if (refused instanceof SettlementException.NotReady) {
      return HttpStatus.SERVICE_UNAVAILABLE;
    } else if (refused instanceof SettlementException.UnknownAccount
        || refused instanceof SettlementException.UnknownSupplier
        || refused instanceof SettlementException.NoSuchRevision) {
      return HttpStatus.NOT_FOUND;
    } else if (refused instanceof SettlementException.PeriodGone) {
      return HttpStatus.GONE;
    } else if (refused instanceof SettlementException.BadAmount
        || refused instanceof SettlementException.BadCurrency
        || refused instanceof SettlementException.BadReason
        || refused instanceof SettlementException.BadReference) {
      return HttpStatus.BAD_REQUEST;
    } else if (refused instanceof SettlementException.WrongFormat) {
      return HttpStatus.INTERNAL_SERVER_ERROR;
    }
    return HttpStatus.CONFLICT;
  }
}
