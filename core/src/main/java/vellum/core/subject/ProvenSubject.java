package vellum.core.subject;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;

/**
 * An identity of the person who asks, with the interval in which the person proved to have had it:
 * numbers are given to others later, whose records are none of the person's. Immutable.
 *
 * @param from first instant, by a record's start, UTC
 * @param to first instant after it
 */
public record ProvenSubject(CaseSubject subject, Instant from, Instant to) {

  public ProvenSubject {
    switch (subject.kind()) {
      case NUMBER, ADDRESS, IMSI, OTHER -> {}
      case SENDER_ID, PLATFORM_IP, RECORD_ID ->
          throw new RequestException.BadSubjects(
              "a person is named by a number, an e-mail address, an IMSI or another id, not by "
                  + subject.kind().text());
    }
    if (from.isBefore(Instant.EPOCH) || !from.isBefore(to)) {
      throw new RequestException.BadInterval(
          "an interval begins in 1970 at the earliest, and ends after it begins: from < to");
    }
  }

  /**
   * An identity as it is given.
   *
   * @param from null: of what is not a number, from the beginning
   * @param to null: until the receipt
   * @throws RequestException.IntervalMissing for a number without a beginning
   * @throws RequestException.BadInterval for one that ends after the receipt, or before it begins
   */
  public static ProvenSubject of(
      CaseSubject subject, @Nullable Instant from, @Nullable Instant to, Instant receivedAt) {
    if (from == null && subject.kind() == CaseSubject.Kind.NUMBER) {
      throw new RequestException.IntervalMissing();
    }
    if (to != null && to.isAfter(receivedAt)) {
      throw new RequestException.BadInterval(
          "an interval ends at the receipt of the request at the latest: " + receivedAt);
    }
    return new ProvenSubject(
        subject, from == null ? Instant.EPOCH : from, to == null ? receivedAt : to);
  }

  /** The records that are looked for. */
  CaseScope scope(SortedSet<String> accounts) {
    return new CaseScope(List.of(subject), accounts, from, to, Set.of());
  }

  /** Says what kind it is, and never who. */
  @Override
  public String toString() {
    return subject.kind().text() + " from " + from + " to " + to;
  }
}
