package vellum.core.search;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.record.BadRecord;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.IdentityClass;
import vellum.core.record.RecordKey;
import vellum.core.seal.RowReader;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.Party;
import vellum.v1.Submission;

/**
 * Whether a record is of a scope: its row tells account, channel and time, and the opened record
 * who took part. Not thread-safe.
 */
final class ScopeMatch {

  /** As precisely as archives know when a record started, microseconds. */
  static final long SECOND = 1_000_000;

  private static final long MICROS = 1_000_000;

  private final CaseScope scope;
  private final long fromMicros;
  private final long toMicros;
  private final Set<Person> people = new HashSet<>();
  private final Set<String> senders = new HashSet<>();
  private final Set<String> records = new HashSet<>();
  private final CanonicalIdentity candidate = new CanonicalIdentity();

  /** An identity as a key of a set. */
  private record Person(IdentityClass identityClass, String canonical) {

    static Person of(CanonicalIdentity identity) {
      return new Person(
          identity.identityClass(),
          new String(identity.bytes(), 0, identity.length(), StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
      return identityClass.toString();
    }
  }

  ScopeMatch(CaseScope scope) {
    this.scope = scope;
    this.fromMicros = micros(scope.from());
    this.toMicros = micros(scope.to());
    for (CaseSubject subject : scope.subjects()) {
      switch (subject.kind()) {
        case SENDER_ID -> senders.add(subject.value());
        case RECORD_ID -> records.add(subject.value());
        case PLATFORM_IP -> {
          // Of the usage log, not of a record.
        }
        case NUMBER, ADDRESS, IMSI, OTHER ->
            subject.identity().ifPresent(identity -> people.add(Person.of(identity)));
      }
    }
  }

  /** Microseconds since the epoch; of an instant within one, those of the next. */
  static long micros(Instant at) {
    return Math.addExact(
        Math.multiplyExact(at.getEpochSecond(), MICROS), (at.getNano() + 999) / 1000);
  }

  long fromMicros() {
    return fromMicros;
  }

  long toMicros() {
    return toMicros;
  }

  /** Identities by which the index of each month is asked. */
  List<CanonicalIdentity> identities() {
    return scope.subjects().stream().flatMap(subject -> subject.identity().stream()).toList();
  }

  List<UUID> recordIds() {
    return records.stream().map(UUID::fromString).toList();
  }

  /** Whether the index cannot find all of it, so that all records are to be looked at. */
  boolean needsScan() {
    return !senders.isEmpty() || scope.subjects().isEmpty();
  }

  /** Whether it has no subject that is in records: only events of the usage log. */
  boolean isOfUsageOnly() {
    return people.isEmpty()
        && senders.isEmpty()
        && records.isEmpty()
        && !scope.subjects().isEmpty();
  }

  /**
   * Whether a row may be of the scope, by what it says in clear.
   *
   * @param precision of its start, microseconds: 1, or a {@link #SECOND}
   */
  boolean mayBe(RowReader row, long startedAtMicros, long precision) {
    return startedAtMicros > fromMicros - precision
        && startedAtMicros < toMicros
        && (scope.accounts().isEmpty() || scope.accounts().contains(row.account()))
        && (scope.channels().isEmpty()
            || scope.channels().stream().anyMatch(one -> one.getNumber() == row.channel()));
  }

  /** Whether a live record's key is of a record that is named. */
  boolean isNamed(byte[] key) {
    return !records.isEmpty() && records.contains(RecordKey.id(key, 0).toString());
  }

  /** Whether one of the subjects took part, or none is named. */
  boolean isWith(DetailRecord opened) {
    if (scope.subjects().isEmpty()) {
      return true;
    }
    Submission submission = opened.getSubmission();
    return isWith(submission.getSender())
        || isWith(submission.getRecipient())
        || isWith(submission.getOriginalSender())
        || isWith(submission.getForwardedFrom());
  }

  private boolean isWith(Party party) {
    for (Identifier identifier : party.getIdentifiersList()) {
      if (isWanted(identifier)) {
        return true;
      }
    }
    return false;
  }

  private boolean isWanted(Identifier identifier) {
    byte[] value = identifier.getValue().getBytes(StandardCharsets.UTF_8);
    try {
      candidate.read(identifier.getKindValue(), value, 0, value.length);
    } catch (BadRecord e) {
      return false;
    }
    boolean isBusiness =
        !senders.isEmpty() && candidate.routing() && senders.contains(candidate.text());
    return isBusiness || !people.isEmpty() && people.contains(Person.of(candidate));
  }

  /** A copy of a key up to some bytes. */
  static byte[] prefix(byte[] key, int bytes) {
    return Arrays.copyOf(key, bytes);
  }
}
