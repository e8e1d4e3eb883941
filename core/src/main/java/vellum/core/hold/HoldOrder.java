package vellum.core.hold;

import java.time.Instant;
import java.util.Optional;
import vellum.core.audit.AuditText;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseScope;
import vellum.core.record.MonthId;

/**
 * What somebody asks for who places a hold. Immutable.
 *
 * @param legalBasis the law or the order by which it is placed, 1 to 500 characters
 * @param reference of whom it is placed for, such as a file number; up to 200 characters
 * @param startsAt when it begins, if not at once
 * @param expiresAt first instant at which it is over
 * @param secret whether only the role of disclosure may know of it
 * @param reason 1 to 200 plain characters without a person's number or address: it stands in the
 *     audit trail
 */
public record HoldOrder(
    HoldType type,
    HoldReach reach,
    CaseScope scope,
    String legalBasis,
    String reference,
    Optional<Instant> startsAt,
    Instant expiresAt,
    boolean secret,
    String reason) {

  private static final int MOST_BASIS = 500;
  private static final int MOST_REFERENCE = 200;

  public HoldOrder {
    legalBasis = text("legal_basis", legalBasis, 1, MOST_BASIS);
    reference = text("reference", reference, 0, MOST_REFERENCE);
    reason = reason(reason);
  }

  private static String text(String field, String text, int least, int most) {
    String given = text.strip();
    if (given.length() < least
        || given.length() > most
        || given.codePoints().anyMatch(Character::isISOControl)) {
      throw new HoldException.Bad(
          field + " has " + least + " to " + most + " characters, none of them of control");
    }
    return given;
  }

  /** A reason as an entry of the audit trail takes it. */
  static String reason(String text) {
    String given = text.strip();
    if (given.isEmpty() || !AuditText.isPlain(given, AuditText.MOST_WHY)) {
      throw new HoldException.Bad(
          "reason has 1 to "
              + AuditText.MOST_WHY
              + " plain characters, and no number or address of a person");
    }
    return given;
  }

  /** The hold that comes of it. */
  Hold placed(CaseId id, MonthId vault, HoldState state, Hold.Change by) {
    return new Hold(
        id,
        1,
        type,
        reach,
        scope,
        legalBasis,
        reference,
        startsAt.orElse(by.at()),
        expiresAt,
        secret,
        vault,
        state,
        0,
        by.at(),
        by.by(),
        by,
        Optional.empty());
  }

  /** Says neither whom it is about nor for whom it is. */
  @Override
  public String toString() {
    return "order of a hold";
  }
}
