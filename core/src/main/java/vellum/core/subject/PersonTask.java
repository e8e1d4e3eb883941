package vellum.core.subject;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.period.LiveMonth;
import vellum.core.period.SubjectScan;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.MonthId;
import vellum.core.seal.PersonParts;
import vellum.core.seal.SealedRecord;

/**
 * Finds the records that a person's index rows of one month stand for, also those whose later
 * submissions name somebody else: of these the index rows go. Not thread-safe.
 */
final class PersonTask implements ErasureSearch.Task {

  private static final int RECORDS_A_STEP = 500;

  private final MonthId month;
  private final ScopeHeader scope;
  private final CanonicalIdentity person;
  private byte @Nullable [] behind;

  PersonTask(MonthId month, ScopeHeader scope, CanonicalIdentity person) {
    this.month = month;
    this.scope = scope;
    this.person = person;
  }

  @Override
  public MonthId month() {
    return month;
  }

  @Override
  public boolean step(LiveMonth live, MonthCipher cipher, Consumer<ErasedRow> found) {
    byte[] pseudonym = new byte[MonthCipher.PSEUDONYM_BYTES];
    cipher.pseudonym(person.identityClass(), person.bytes(), 0, person.length(), pseudonym, 0);
    PersonParts parts = PersonParts.of(person, cipher);
    try (SubjectScan scan = live.subjects(pseudonym, cipher)) {
      if (behind != null) {
        scan.seekBehind(behind);
      }
      for (int i = 0; i < RECORDS_A_STEP; i++) {
        SealedRecord record = scan.next();
        if (record == null) {
          return true;
        }
        behind = record.key();
        if (scope.matches(record)) {
          PersonParts.Found gone = parts.in(record, true);
          if (!gone.isNothing()) {
            found.accept(ErasedRow.of(record, gone));
          }
        }
      }
    }
    return false;
  }
}
