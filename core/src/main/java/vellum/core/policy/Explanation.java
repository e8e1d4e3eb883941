package vellum.core.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vellum.v1.Privacy;

/**
 * Why, and until when, a kind of data of a period is kept. Immutable.
 *
 * @param period the period asked about
 * @param field a field's path, or null when a privacy class was asked about
 * @param privacy what it says about people
 * @param rule the line of the policy, as {@code identities 12 months}
 * @param retentionClass whose rule it is
 * @param policyVersion of the policy
 * @param anchor what the period is counted from
 * @param anchorAt when that is; null when it is not the period that tells it
 * @param zone whose calendar counts
 * @param erasedAt the first instant at which it must be gone
 * @param source where the rule stands
 * @param verified whether somebody checked the source
 * @param legalBasis what allows to keep longer than the source's rule, or null
 * @param atStrip what a strip does to the field, or null when that was not asked
 */
public record Explanation(
    String period,
    @Nullable String field,
    Privacy privacy,
    String rule,
    String retentionClass,
    int policyVersion,
    String anchor,
    @Nullable Instant anchorAt,
    String zone,
    Instant erasedAt,
    String source,
    boolean verified,
    @Nullable String legalBasis,
    @Nullable String atStrip) {

  /** This, for a field and what a strip does to it. */
  public Explanation with(String ofField, @Nullable String strip) {
    return new Explanation(
        period,
        ofField,
        privacy,
        rule,
        retentionClass,
        policyVersion,
        anchor,
        anchorAt,
        zone,
        erasedAt,
        source,
        verified,
        legalBasis,
        strip);
  }
}
