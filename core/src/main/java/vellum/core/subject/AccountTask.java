package vellum.core.subject;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.period.FoundRecord;
import vellum.core.period.LiveMonth;
import vellum.core.period.Place;
import vellum.core.period.RecordFinder;
import vellum.core.period.RecordPage;
import vellum.core.period.RecordQuery;
import vellum.core.record.AccountId;
import vellum.core.record.MonthId;
import vellum.core.seal.PersonParts;
import vellum.core.seal.SealedRecord;

/**
 * Finds all records of an account in one month. Of a record whose later submission named somebody
 * else, the index row of the first stays: it leads to a record without identities. Not thread-safe.
 */
final class AccountTask implements ErasureSearch.Task {

  private static final int RECORDS_A_STEP = 500;

  private final MonthId month;
  private final RecordFinder finder;
  private final AccountId account;
  private final ScopeHeader scope;
  private @Nullable Place after;

  /**
   * @param scope with bounds within the month
   */
  AccountTask(MonthId month, RecordFinder finder, String account, ScopeHeader scope) {
    this.month = month;
    this.finder = finder;
    this.account = AccountId.of(account);
    this.scope = scope;
  }

  @Override
  public MonthId month() {
    return month;
  }

  @Override
  public boolean step(LiveMonth live, MonthCipher cipher, Consumer<ErasedRow> found) {
    if (scope.fromMicros() >= scope.toMicros()) {
      return true;
    }
    PersonParts parts = PersonParts.everybody(cipher);
    RecordPage page =
        finder.list(
            RecordQuery.of(account, scope.fromMicros(), scope.toMicros()), after, RECORDS_A_STEP);
    for (FoundRecord one : page.records()) {
      if (one instanceof FoundRecord.Sealed sealed && one.month().equals(month)) {
        SealedRecord record = sealed.record();
        PersonParts.Found gone = parts.in(record, false);
        if (scope.matches(record) && !gone.isNothing()) {
          found.accept(ErasedRow.of(record, gone));
        }
      }
    }
    after = page.next();
    return after == null;
  }
}
