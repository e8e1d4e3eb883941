package vellum.core.subject;

import java.util.List;
import java.util.function.Predicate;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.IdentityClass;
import vellum.core.seal.Mask;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.Leg;
import vellum.v1.Party;
import vellum.v1.Submission;

/**
 * A record as the person who asks may see it: the parties that are the person in clear, every other
 * one masked, free texts and content left out (they are a customer's, and may name others), and
 * what suppliers charge. A party is the person when one of its identifiers is one that the person
 * proved to have had when the record started. Stateless.
 */
final class OwnView {

  private final List<ProvenSubject> who;

  OwnView(List<ProvenSubject> who) {
    this.who = who;
  }

  /**
   * Whether it is the person's: one of these identities takes part, in its interval.
   *
   * @param from first of the person's identities that counts
   * @param to the first after
   */
  boolean isOwn(DetailRecord record, int from, int to) {
    Predicate<Party> own = own(record, who.subList(from, to));
    return Parties.of(record.getSubmission()).stream().anyMatch(own);
  }

  /** The record, opened in clear, as the person may see it. */
  DetailRecord of(DetailRecord record) {
    DetailRecord.Builder builder = withoutCosts(record).toBuilder();
    if (!record.hasSubmission()) {
      return builder.build();
    }
    Predicate<Party> own = own(record, who);
    Submission.Builder to = builder.getSubmissionBuilder();
    if (!own.test(to.getSender())) {
      to.clearCallerName();
    }
    for (Party.Builder party : Parties.in(to)) {
      if (!own.test(party.build())) {
        mask(party);
      }
    }
    to.clearCallbackData()
        .clearClientRef()
        .clearCustomData()
        .clearContentReference()
        .clearContentPolicy();
    return builder.build();
  }

  /** A record without what suppliers charge. */
  static DetailRecord withoutCosts(DetailRecord record) {
    DetailRecord.Builder builder = record.toBuilder();
    if (builder.hasRating()) {
      builder.getRatingBuilder().clearCostPriceNanos();
    }
    for (Leg.Builder leg : builder.getLegsBuilderList()) {
      leg.clearCostNanos().clearCurrency();
    }
    return builder.build();
  }

  private static Predicate<Party> own(DetailRecord record, List<ProvenSubject> proven) {
    long startedAt = Parties.startedAtMicros(record);
    List<ProvenSubject> then =
        proven.stream()
            .filter(
                one ->
                    Parties.micros(one.from()) <= startedAt && startedAt < Parties.micros(one.to()))
            .toList();
    return party ->
        Parties.identities(party).stream()
            .anyMatch(identity -> then.stream().anyMatch(one -> isSame(one, identity)));
  }

  private static boolean isSame(ProvenSubject one, CanonicalIdentity identity) {
    return one.subject()
        .identity()
        .filter(
            mine ->
                mine.identityClass() == identity.identityClass()
                    && mine.text().equals(identity.text()))
        .isPresent();
  }

  /** Sender ids and short codes stay, as they name a business by their own form. */
  private static void mask(Party.Builder party) {
    for (Identifier.Builder identifier : party.getIdentifiersBuilderList()) {
      CanonicalIdentity identity = Parties.identity(identifier.build());
      if (identity.length() == 0) {
        identifier.setValue(Mask.of(IdentityClass.OTHER, ""));
      } else if (!identity.routing()) {
        identifier.setValue(Mask.of(identity.identityClass(), identity.text()));
      }
    }
  }
}
