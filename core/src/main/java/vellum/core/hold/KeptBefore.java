package vellum.core.hold;

import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.journal.OwnStreamException;
import vellum.core.period.LiveMonth;
import vellum.core.period.RecordStore;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.MonthId;
import vellum.core.seal.HeldScope;
import vellum.core.seal.PartyProof;
import vellum.core.seal.SealedRecord;

/**
 * Sees to it that holds have a record before somebody's parts of it are erased in its month: an
 * ongoing hold gets its copy then, a historic one has had it since it began. For one thread.
 */
public final class KeptBefore {

  private final VaultParts parts;
  private final HoldVaults vaults;

  /** Copies that are in the journal, and not read back yet. */
  private final Set<String> sent = ConcurrentHashMap.newKeySet();

  public KeptBefore(VaultParts parts, HoldVaults vaults) {
    this.parts = parts;
    this.vaults = vaults;
  }

  /**
   * Asks for the copies of a record.
   *
   * @return true when they are made and were read back, or none is needed; false when it is to be
   *     asked again
   */
  public boolean keep(MonthId month, SealedRecord record) {
    if (vaults.isBeingFilled(month)) {
      return false;
    }
    boolean isKept = true;
    try {
      for (HeldScope scope : parts.active().active()) {
        isKept &= isKept(scope, month, record);
      }
      return isKept;
    } catch (CryptoException.KeyDestroyed e) {
      // The month has no identities any more, or the hold has ended: asked again, it tells.
      return parts.keys().existing(month).isEmpty();
    }
  }

  private boolean isKept(HeldScope scope, MonthId month, SealedRecord record) {
    if (!scope.mayMatch(
        record.reader().account(), record.reader().channel(), record.startedAtMicros())) {
      return true;
    }
    Optional<MonthKey> monthKey = parts.keys().existing(month);
    Optional<MonthKey> vaultKey = parts.keys().existing(scope.vault());
    if (monthKey.isEmpty() || !isMeant(scope, record, monthKey.get())) {
      return true;
    }
    Optional<RecordStore.Hold> hold = parts.vaults().periods().holdExisting(scope.vault());
    if (vaultKey.isEmpty() || hold.isEmpty()) {
      // It begins in this moment.
      return false;
    }
    try (RecordStore.Hold open = hold.get()) {
      MonthCipher cipher = monthKey.get().newCipher();
      boolean isHeld =
          open.month() instanceof LiveMonth live
              && new HeldCheck(live, cipher, vaultKey.get().newCipher()).isHeld(record);
      String name = scope.vault() + " " + HexFormat.of().formatHex(record.key());
      if (isHeld) {
        sent.remove(name);
      } else if (sent.add(name)) {
        send(scope.vault(), record, cipher, name);
      }
      return isHeld;
    }
  }

  private static boolean isMeant(HeldScope scope, SealedRecord record, MonthKey key) {
    UUID id = record.id();
    if (!scope.needsIdentity()
        || scope.matchesId(id.getMostSignificantBits(), id.getLeastSignificantBits())) {
      return true;
    }
    if (!(scope instanceof VaultScope known)) {
      return false;
    }
    MonthCipher cipher = key.newCipher();
    for (CanonicalIdentity one : known.parties()) {
      if (new PartyProof(one.identityClass(), one.toArray(), cipher).isIn(record)) {
        return true;
      }
    }
    return false;
  }

  private void send(MonthId vault, SealedRecord record, MonthCipher cipher, String name) {
    try {
      parts.stream()
          .send(sealer -> sealer.addHeld(vault, record, cipher))
          .whenComplete(
              (written, failure) -> {
                if (failure != null) {
                  sent.remove(name);
                }
              });
    } catch (OwnStreamException e) {
      sent.remove(name);
      if (!e.recoverable()) {
        throw e;
      }
    }
  }
}
