package vellum.ingest.api;

import com.linecorp.armeria.common.HttpStatus;
import org.jspecify.annotations.Nullable;
import vellum.core.access.AccessException;
import vellum.core.billing.TotalsException;
import vellum.core.casefile.CaseException;
import vellum.core.crypto.CryptoException;
import vellum.core.hold.HoldException;
import vellum.core.journal.JournalException;
import vellum.core.journal.OwnStreamException;
import vellum.core.order.OrderException;
import vellum.core.rerating.RatesException;
import vellum.core.rerating.RerateException;
import vellum.core.search.SearchException;
import vellum.core.settlement.SettlementException;
import vellum.core.subject.RequestException;
import vellum.core.suspense.SuspenseException;

/**
 * What the parts' own exceptions are to the caller: the one place where they get their status and
 * code. Their messages name no identity. Stateless.
 */
final class Refusals {

  private Refusals() {}

  /** The problem that a failure stands for; null when it is none of a part's own. */
  static @Nullable Problem of(Throwable failure) {
    String detail = String.valueOf(failure.getMessage());
    if (failure instanceof Problem problem) {
      return problem;
    } else if (failure instanceof RetentionRefusal refusal) {
      return refusal.problem();
    } else if (failure instanceof SettlementException refused) {
      return SettlementProblems.of(refused);
    } else if (failure instanceof RequestException refused) {
      return PersonProblems.of(refused);
    } else if (failure instanceof OrderException refused) {
      return OrderProblems.of(refused);
    } else if (failure instanceof TotalsException refused) {
      return TotalsProblems.of(refused);
    } else if (failure instanceof CaseException refused) {
      return CaseProblems.of(refused);
    } else if (failure instanceof HoldException refused) {
      return CaseProblems.of(refused);
    } else if (failure instanceof SearchException.BadCursor) {
      return Problem.bad("BAD_CURSOR", detail);
    } else if (failure instanceof AccessException refused) {
      return access(refused, detail);
    } else if (failure instanceof SuspenseException.BadCorrection) {
      return Problem.bad("BAD_CORRECTION", detail);
    } else if (failure instanceof SuspenseException) {
      return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "LAGGING", detail);
    } else if (failure instanceof RatesException) {
      return Problem.bad("BAD_RATES", detail);
    } else if (failure instanceof RerateException.Busy) {
      return new Problem(HttpStatus.CONFLICT, "RERATE_BUSY", detail);
    } else if (failure instanceof CryptoException.WrongSecret) {
      return Problem.bad("BAD_SECRET", detail);
    } else if (failure instanceof CryptoException key && key.recoverable()) {
      return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "KEYS_UNAVAILABLE", detail);
    } else if (failure instanceof OwnStreamException || failure instanceof JournalException) {
      return new Problem(
          HttpStatus.SERVICE_UNAVAILABLE,
          "NOT_WRITTEN",
          detail + "; send the same again: what was taken counts once");
    }
    return null;
  }

  private static Problem access(AccessException refused, String detail) {
    if (refused instanceof AccessException.Invalid) {
      return Problem.bad("BAD_TOKEN_REQUEST", detail);
    } else if (refused instanceof AccessException.NoSuchToken) {
      return new Problem(HttpStatus.NOT_FOUND, "NO_SUCH_TOKEN", detail);
    } else if (refused instanceof AccessException.LastAdministrator) {
      return new Problem(HttpStatus.CONFLICT, "LAST_ADMINISTRATOR", detail);
    } else if (refused instanceof AccessException.AlreadyOver) {
      return new Problem(HttpStatus.CONFLICT, "TOKEN_IS_OVER", detail);
    }
    return new Problem(HttpStatus.CONFLICT, "TOO_MANY_TOKENS", detail);
  }
}
