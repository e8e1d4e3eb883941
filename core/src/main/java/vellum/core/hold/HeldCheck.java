package vellum.core.hold;

import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.period.LiveMonth;
import vellum.core.record.AspectKind;
import vellum.core.seal.ContentSource;
import vellum.core.seal.HeldRow;
import vellum.core.seal.Identities;
import vellum.core.seal.RecordOpener;
import vellum.core.seal.RowReader;
import vellum.core.seal.SealedRecord;

/**
 * Whether a vault has what a month has of a record, by reading it back: every aspect in its version
 * or a later one, and every seal opened by the vault's key. Not thread-safe.
 */
final class HeldCheck {

  private final LiveMonth vault;
  private final MonthCipher monthCipher;
  private final MonthCipher vaultCipher;
  private final HeldRow copy = new HeldRow();
  private final RecordOpener opener = new RecordOpener();
  private final RowReader wanted = new RowReader();
  private final RowReader held = new RowReader();

  HeldCheck(LiveMonth vault, MonthCipher monthCipher, MonthCipher vaultCipher) {
    this.vault = vault;
    this.monthCipher = monthCipher;
    this.vaultCipher = vaultCipher;
  }

  /**
   * Whether the vault has it.
   *
   * @throws vellum.core.crypto.CryptoException.SealBroken when what it has cannot be opened
   */
  boolean isHeld(SealedRecord record) {
    byte @Nullable [] row = vault.row(record.key()).orElse(null);
    if (row == null) {
      return false;
    }
    SealedRecord there = new SealedRecord(vault.month(), record.key(), row);
    opener.encode(there, Identities.CLEAR, vaultCipher, ContentSource.NONE);
    copy.of(record, monthCipher, vaultCipher);
    wanted.over(copy.row().bytes(), 0, copy.row().size());
    boolean isThere = true;
    while (isThere && wanted.next()) {
      isThere = isThere(row);
    }
    return isThere;
  }

  private boolean isThere(byte[] row) {
    held.over(row, 0, row.length);
    while (held.next()) {
      if (held.order() == wanted.order()) {
        return held.version() >= wanted.version() || isErasedHere();
      }
    }
    return false;
  }

  /** Whether the submission lost parts in its month that the vault has: the vault keeps its own. */
  private boolean isErasedHere() {
    return wanted.kind() == AspectKind.SUBMISSION && (wanted.erased() & ~held.erased()) != 0;
  }
}
