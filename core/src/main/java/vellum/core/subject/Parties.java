package vellum.core.subject;

import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import vellum.core.record.BadRecord;
import vellum.core.record.CanonicalIdentity;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.Party;
import vellum.v1.Submission;

/** Who takes part in records that are opened in clear. Stateless. */
final class Parties {

  /** Later than any record. */
  static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

  private Parties() {}

  /** The parties that are there. */
  static List<Party> of(Submission submission) {
    return in(submission.toBuilder()).stream().map(Party.Builder::build).toList();
  }

  /** The same, to be changed where they are. */
  static List<Party.Builder> in(Submission.Builder submission) {
    List<Party.Builder> parties = new ArrayList<>(4);
    if (submission.hasSender()) {
      parties.add(submission.getSenderBuilder());
    }
    if (submission.hasRecipient()) {
      parties.add(submission.getRecipientBuilder());
    }
    if (submission.hasOriginalSender()) {
      parties.add(submission.getOriginalSenderBuilder());
    }
    if (submission.hasForwardedFrom()) {
      parties.add(submission.getForwardedFromBuilder());
    }
    return parties;
  }

  /** A party's identifiers in canonical form; those that are in none are left out. */
  static List<CanonicalIdentity> identities(Party party) {
    List<CanonicalIdentity> identities = new ArrayList<>(party.getIdentifiersCount());
    for (Identifier identifier : party.getIdentifiersList()) {
      CanonicalIdentity identity = identity(identifier);
      if (identity.length() > 0) {
        identities.add(identity);
      }
    }
    return identities;
  }

  /** An identifier in canonical form; without length when it has none. */
  static CanonicalIdentity identity(Identifier identifier) {
    byte[] value = identifier.getValue().getBytes(StandardCharsets.UTF_8);
    try {
      return new CanonicalIdentity().read(identifier.getKindValue(), value, 0, value.length);
    } catch (BadRecord e) {
      return new CanonicalIdentity();
    }
  }

  static long startedAtMicros(DetailRecord record) {
    Timestamp started = record.getStartedAt();
    return started.getSeconds() * 1_000_000 + started.getNanos() / 1_000;
  }

  /** Microseconds since the epoch. */
  static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
