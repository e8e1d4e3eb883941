package vellum.core.hold;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.journal.OwnStream;
import vellum.core.journal.OwnStreamException;
import vellum.core.period.LiveMonth;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;
import vellum.core.seal.HeldScope;
import vellum.core.seal.SealedRecord;

/**
 * Sees to it that holds have a record before parts of it are erased: waits while a hold that was
 * placed is still being copied, and copies what ongoing holds lack. What came after a historic hold
 * was placed is none of its own. For one thread.
 */
public final class HeldFirst {

  private final VaultParts parts;
  private final HoldVaults vaults;

  /** The copy that is on its way, if any. */
  private @Nullable CompletableFuture<OwnStream.Written> sent;

  public HeldFirst(VaultParts parts, HoldVaults vaults) {
    this.parts = parts;
    this.vaults = vaults;
  }

  /** Whether every hold that means a record has it; to be asked again while not. */
  public boolean keep(MonthId month, SealedRecord record) {
    Optional<MonthKey> key = parts.keys().existing(month);
    if (key.isEmpty()) {
      return true;
    }
    if (isUnderWay() || vaults.isBeingFilled(month)) {
      return false;
    }
    try {
      MonthCipher cipher = key.get().newCipher();
      for (HeldScope scope : parts.active().active()) {
        if (scope instanceof VaultScope known && !keep(known, record, cipher)) {
          return false;
        }
      }
      return true;
    } catch (CryptoException.KeyDestroyed meanwhile) {
      // The month's, which ends what could be erased; or a hold's, which is asked no more.
      return false;
    }
  }

  private boolean isUnderWay() {
    CompletableFuture<OwnStream.Written> asked = sent;
    if (asked == null) {
      return false;
    }
    if (!asked.isDone()) {
      return true;
    }
    if (!asked.isCompletedExceptionally()
        && parts.applier().progress().sequence() < asked.join().journalSequence()) {
      return true;
    }
    // One that failed is found missing, and copied again.
    sent = null;
    return false;
  }

  private boolean keep(VaultScope scope, SealedRecord record, MonthCipher cipher) {
    if (!new MatchWalk(scope, cipher).isMeant(record)) {
      return true;
    }
    Optional<MonthKey> vaultKey = parts.keys().existing(scope.vault());
    Optional<RecordStore.Hold> held = parts.vaults().periods().holdExisting(scope.vault());
    if (held.isEmpty() || vaultKey.isEmpty()) {
      // It begins in this moment, or it has ended: then it is not active at the next look.
      held.ifPresent(RecordStore.Hold::close);
      return false;
    }
    try (RecordStore.Hold open = held.get()) {
      if (!(open.month() instanceof LiveMonth vault)) {
        return true;
      }
      if (new HeldCheck(vault, cipher, vaultKey.get().newCipher()).isHeld(record)) {
        return true;
      }
    }
    try {
      sent = parts.stream().send(sealer -> sealer.addHeld(scope.vault(), record, cipher));
    } catch (OwnStreamException e) {
      if (!e.recoverable()) {
        throw e;
      }
    }
    return false;
  }
}
