package vellum.core.search;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A part of a scope's interval of which identities, or all, are no longer held: what an answer says
 * in place of what it cannot have. Names no person.
 *
 * @param period name of the month, or empty where there was none
 * @param from first instant of it that is in the scope, UTC
 * @param to first instant after
 * @param erasedAt when the key was destroyed; null when there never was one
 * @param rule of the policy, in its words; may be empty
 * @param policy version of the policy; may be empty
 * @param certificate SHA-256 of the signed certificate, hex; empty while there is none
 */
public record ErasedPeriod(
    String period,
    Instant from,
    Instant to,
    What what,
    @Nullable Instant erasedAt,
    String rule,
    String policy,
    String certificate) {

  /** What is not there. */
  public enum What {
    /** Who took part; the rest of the records is in the archive. */
    IDENTITIES,
    /** Everything. */
    RECORDS,
    /** This installation has never had records of that time. */
    NEVER_HELD;

    /** In lower case, as documents say it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** {@code no longer held, erased on 2026-12-01T00:00:00Z by rule identities 12 months …}. */
  public String text() {
    if (what == What.NEVER_HELD) {
      return "never held";
    }
    String of = what == What.IDENTITIES ? "identities" : "records";
    String when = erasedAt == null ? "" : ", erased on " + erasedAt;
    String by = rule.isEmpty() ? "" : " by rule " + rule + " (policy version " + policy + ")";
    return of + " no longer held" + when + by;
  }
}
