package vellum.core.period;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.IdentityClass;
import vellum.core.seal.Identities;
import vellum.core.seal.RecordOpener;
import vellum.core.seal.SealedRecord;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.Party;
import vellum.v1.Submission;

/**
 * A person as one month knows him: eight bytes of pseudonym find, the opened record proves. Not
 * thread-safe.
 */
final class Subject {

  private final IdentityClass identityClass;
  private final byte[] canonical;
  private final MonthCipher cipher;
  private final RecordOpener opener = new RecordOpener();
  private final CanonicalIdentity candidate = new CanonicalIdentity();

  Subject(IdentityClass identityClass, byte[] canonical, MonthCipher cipher) {
    this.identityClass = identityClass;
    this.canonical = canonical;
    this.cipher = cipher;
  }

  /**
   * Adds records that the person takes part in, until there are {@code most} or none is left.
   *
   * @param after key of the record behind which to go on, or null
   */
  void fill(List<SealedRecord> found, LiveMonth month, byte @Nullable [] after, int most) {
    byte[] pseudonym = new byte[MonthCipher.PSEUDONYM_BYTES];
    cipher.pseudonym(identityClass, canonical, 0, canonical.length, pseudonym, 0);
    try (SubjectScan scan = month.subjects(pseudonym, cipher)) {
      if (after != null) {
        scan.seekBehind(after);
      }
      SealedRecord record = found.size() < most ? scan.next() : null;
      while (record != null) {
        if (takesPart(record)) {
          found.add(record);
        }
        record = found.size() < most ? scan.next() : null;
      }
    }
  }

  private boolean takesPart(SealedRecord record) {
    DetailRecord clear = opener.open(record, Identities.CLEAR, cipher);
    Submission submission = clear.getSubmission();
    return Stream.of(
            submission.getSender(),
            submission.getRecipient(),
            submission.getOriginalSender(),
            submission.getForwardedFrom())
        .map(Party::getIdentifiersList)
        .flatMap(List::stream)
        .anyMatch(this::isSubject);
  }

  private boolean isSubject(Identifier identifier) {
    byte[] value = identifier.getValueBytes().toByteArray();
    candidate.read(identifier.getKindValue(), value, 0, value.length);
    return candidate.identityClass() == identityClass
        && Arrays.equals(candidate.bytes(), 0, candidate.length(), canonical, 0, canonical.length);
  }
}
