package vellum.core.subject;

import java.util.List;
import vellum.core.casefile.CaseFiles;
import vellum.core.casefile.CaseId;

/**
 * What each erasure erased, sealed under its request's key, in parts: what the erasure goes by
 * after it is found, and what is erased again when a backup of before is restored. Goes with the
 * request's case. Thread-safe.
 */
public final class ErasureLedger {

  private final CaseFiles cases;

  public ErasureLedger(CaseFiles cases) {
    this.cases = cases;
  }

  private static String name(int part) {
    return "erased-%06d".formatted(part);
  }

  void put(CaseId id, int part, List<ErasedRow> rows) {
    cases.attach(id, name(part), LedgerPart.encode(rows));
  }

  /**
   * A part's rows.
   *
   * @param part from 0
   */
  List<ErasedRow> rows(CaseId id, int part) {
    return LedgerPart.decode(
        cases
            .attachment(id, name(part))
            .orElseThrow(() -> new ErasureException.BrokenLedger("lacks part " + part)));
  }

  /** Takes out parts that an interrupted search left behind the last one. */
  void cut(CaseId id, int parts) {
    for (int part = parts; cases.attachment(id, name(part)).isPresent(); part++) {
      cases.detach(id, name(part));
    }
  }
}
