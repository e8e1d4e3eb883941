package vellum.core.hold;

import java.time.Instant;
import java.util.Optional;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseScope;
import vellum.core.record.MonthId;

/**
 * A hold as it is. Immutable.
 *
 * @param revision of its case
 * @param startsAt when it begins or began
 * @param expiresAt first instant at which it is over by itself
 * @param vault where what it keeps lies; says nothing of the case
 * @param copied records that were copied when it began; what came later is not among them
 * @param placedAt when it was placed, by {@code placedBy}
 * @param last what was done last, by whom and why
 * @param end of what it kept, as far as it has come
 */
public record Hold(
    CaseId id,
    int revision,
    HoldType type,
    HoldReach reach,
    CaseScope scope,
    String legalBasis,
    String reference,
    Instant startsAt,
    Instant expiresAt,
    boolean secret,
    MonthId vault,
    HoldState state,
    long copied,
    Instant placedAt,
    String placedBy,
    Change last,
    Optional<HoldEnd> end) {

  /** Who changed it, when and why. */
  public record Change(Instant at, String by, String reason) {}

  Hold at(int newRevision) {
    return with(newRevision, expiresAt, state, copied, last, end);
  }

  Hold in(HoldState next, Change change) {
    return with(revision, expiresAt, next, copied, change, end);
  }

  Hold until(Instant expiry, Change change) {
    return with(revision, expiry, state, copied, change, end);
  }

  Hold copied(long records) {
    return with(revision, expiresAt, HoldState.ACTIVE, records, last, end);
  }

  Hold ended(HoldEnd how) {
    return with(revision, expiresAt, state, copied, last, Optional.of(how));
  }

  private Hold with(
      int newRevision,
      Instant expiry,
      HoldState next,
      long records,
      Change change,
      Optional<HoldEnd> how) {
    return new Hold(
        id,
        newRevision,
        type,
        reach,
        scope,
        legalBasis,
        reference,
        startsAt,
        expiry,
        secret,
        vault,
        next,
        records,
        placedAt,
        placedBy,
        change,
        how);
  }

  /** Says which hold it is, and neither whom it is about nor for whom. */
  @Override
  public String toString() {
    return id + " " + state.text();
  }
}
