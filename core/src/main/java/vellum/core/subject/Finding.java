package vellum.core.subject;

import java.util.ArrayList;
import java.util.List;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseScope;

/**
 * The search of one erasure, as of one journal sequence, whose finds go into the ledger. In memory:
 * an interrupted one begins anew and writes the same parts again. For one thread.
 */
final class Finding {

  /** Entries of one erasure, at most. */
  static final long MOST = 5_000_000;

  private final CaseId id;
  private final ErasureLedger ledger;
  private final ErasureSearch search;
  private final long asOf;
  private final List<ErasedRow> rows = new ArrayList<>();
  private int parts;
  private long records;
  private long suspended;
  private final FoundAccounts accounts = new FoundAccounts();

  /**
   * @param asOf journal sequence up to which everything is applied when it is looked
   */
  Finding(ErasureSetup setup, CaseId id, List<CaseScope> scopes, ErasureLedger ledger, long asOf) {
    this.id = id;
    this.ledger = ledger;
    this.asOf = asOf;
    this.search = new ErasureSearch(setup, scopes, this::take);
  }

  long asOf() {
    return asOf;
  }

  /** Looks at some; false at the end, with everything in the ledger. */
  boolean step() {
    if (search.step()) {
      return true;
    }
    write();
    ledger.cut(id, parts);
    return false;
  }

  /** What was found, at the end. */
  ErasureStatus found() {
    ErasureStatus begun = ErasureStatus.begun();
    return new ErasureStatus(
        ErasureState.FOUND, asOf, parts, 0, records, suspended, 0, begun.months());
  }

  /** Accounts whose records they are. */
  FoundAccounts accounts() {
    return accounts;
  }

  private void take(ErasedRow row) {
    if (records + suspended == MOST) {
      throw new ErasureException.TooMany(MOST);
    }
    if (row.suspended() == null) {
      records++;
    } else {
      suspended++;
    }
    accounts.add(row.account());
    rows.add(row);
    if (rows.size() == LedgerPart.MOST_ROWS) {
      write();
    }
  }

  private void write() {
    if (!rows.isEmpty()) {
      ledger.put(id, parts++, rows);
      rows.clear();
    }
  }
}
