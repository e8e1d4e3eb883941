package vellum.core.subject;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.period.LiveMonth;
import vellum.core.period.SuspenseScan;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.MonthId;
import vellum.core.seal.ErasedParts;
import vellum.core.seal.PersonParts;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.Suspended;

/** Finds a month's rows in suspense that name a person, or all of an account. Not thread-safe. */
final class SuspenseTask implements ErasureSearch.Task {

  private static final int ROWS_A_STEP = 5_000;

  private final MonthId month;
  private final ScopeHeader scope;
  private final Optional<CanonicalIdentity> person;
  private @Nullable Suspended after;

  /**
   * @param person empty: everybody
   */
  SuspenseTask(MonthId month, ScopeHeader scope, Optional<CanonicalIdentity> person) {
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
    PersonParts parts =
        person
            .map(one -> PersonParts.of(one, cipher))
            .orElseGet(() -> PersonParts.everybody(cipher));
    try (SuspenseScan scan = live.suspense().scanBehind(after, 0, -1)) {
      for (int i = 0; i < ROWS_A_STEP; i++) {
        if (!scan.next()) {
          return true;
        }
        Suspended at = scan.suspended();
        after = at;
        SealedRecord record = new SealedRecord(month, at.key(), scan.message().row());
        if (scope.matches(record)) {
          int gone = parts.in(record, false).parts();
          if (gone != ErasedParts.NONE) {
            found.accept(ErasedRow.of(at, gone, record.reader().account()));
          }
        }
      }
    }
    return false;
  }
}
