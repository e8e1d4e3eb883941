package vellum.core.period;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.IdentityClass;
import vellum.core.seal.PartyProof;
import vellum.core.seal.SealedRecord;

/**
 * A person as one month knows him: eight bytes of pseudonym find, the opened parties prove. Not
 * thread-safe.
 */
final class Subject {

  private final IdentityClass identityClass;
  private final byte[] canonical;
  private final MonthCipher cipher;

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
    PartyProof proof = new PartyProof(identityClass, canonical, cipher);
    try (SubjectScan scan = month.subjects(pseudonym, cipher)) {
      if (after != null) {
        scan.seekBehind(after);
      }
      SealedRecord record = found.size() < most ? scan.next() : null;
      while (record != null) {
        if (proof.isIn(record)) {
          found.add(record);
        }
        record = found.size() < most ? scan.next() : null;
      }
    }
  }
}
