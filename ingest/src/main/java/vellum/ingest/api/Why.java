package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;
import vellum.core.audit.AuditText;

/**
 * Why somebody asks, and in which case: the fields {@code reason} and {@code case} of a body, or of
 * a query where there is no body. Both go into the audit trail, which is kept for ever: neither may
 * hold what looks like a number or an address of a person. Immutable.
 *
 * @param reason empty when none was given
 * @param caseId empty when none was given
 */
record Why(String reason, String caseId) {

  static final String REASON = "reason";
  static final String CASE = "case";

  Why {
    check("BAD_REASON", REASON, reason, AuditText.MOST_WHY);
    check("BAD_CASE", CASE, caseId, AuditText.MOST_CASE);
  }

  private static void check(String code, String field, String text, int most) {
    if (!AuditText.isPlain(text, most)) {
      throw Problem.bad(
          code,
          field
              + (AuditText.holdsIdentity(text)
                  ? " must not hold a number or an address of a person: it is kept for ever"
                  : " must have at most " + most + " characters, and no control characters"));
    }
  }

  static Why of(ServiceRequestContext context) {
    return of(Query.optional(context, REASON), Query.optional(context, CASE));
  }

  static Why of(ObjectNode body) {
    return of(Query.text(body, REASON), Query.text(body, CASE));
  }

  private static Why of(@Nullable String reason, @Nullable String caseId) {
    return new Why(reason == null ? "" : reason.strip(), caseId == null ? "" : caseId.strip());
  }

  /** The same, refused when identities are to be shown and nobody says why. */
  Why forReveal(boolean reveal) {
    if (reveal && reason.isEmpty()) {
      throw Problem.bad(
          "REASON_REQUIRED",
          "identities are shown for a reason: send reason, 1 to "
              + AuditText.MOST_WHY
              + " characters, beside reveal");
    }
    return this;
  }
}
