package vellum.core.casefile;

import java.util.Optional;
import vellum.core.casefile.CaseRows.Head;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.DocumentCipher;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthKey;
import vellum.core.store.Store;

/** Reads revisions of cases. Thread-safe. */
final class CaseReader {

  private final Store control;
  private final KeyRing keys;

  CaseReader(Store control, KeyRing keys) {
    this.control = control;
    this.keys = keys;
  }

  /** A revision; empty when the case ends at this moment. */
  Optional<CaseFile> read(Head head, int revision) {
    byte[] row = control.get(CaseRows.CASES, CaseRows.key(head.id(), revision));
    return row == null
        ? missing(head)
        : cipher(head).map(cipher -> CaseRows.read(head, revision, row, cipher));
  }

  private Optional<CaseFile> missing(Head head) {
    if (keys.existing(head.key()).isPresent()) {
      throw CaseRows.corrupt(null);
    }
    return Optional.empty();
  }

  /** What opens what is sealed under a case's key; empty when the key is no more. */
  Optional<DocumentCipher> cipher(Head head) {
    try {
      return keys.existing(head.key()).map(MonthKey::newDocumentCipher);
    } catch (CryptoException.KeyDestroyed e) {
      return Optional.empty();
    }
  }
}
