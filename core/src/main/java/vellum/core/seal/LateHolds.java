package vellum.core.seal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.record.MonthId;

/**
 * What one thread's sealing writes into vaults of holds: copies of what is stored, and of records
 * that come for months that are about to lose their key, or have lost it, an entry more for each
 * hold that they belong to. Not thread-safe.
 */
final class LateHolds {

  private final KeyRing keys;
  private final RecordSealer sealer;
  private final EntryWriter writer;
  private final HeldRow row = new HeldRow();
  private final Map<MonthId, MonthCiphers.Slot> vaults = new HashMap<>();
  private final List<MonthCiphers.Slot> found = new ArrayList<>();
  private HeldScopes scopes = HeldScopes.NONE;
  private List<HeldScope> active = List.of();
  private long revision;

  LateHolds(KeyRing keys, RecordSealer sealer, EntryWriter writer) {
    this.keys = keys;
    this.sealer = sealer;
    this.writer = writer;
  }

  /** Asks these holds from the next batch on. */
  void watch(HeldScopes asked) {
    scopes = asked;
    revision = asked.revision() - 1;
  }

  /** Looks whether holds came or went; before each batch. */
  void refresh() {
    long now = scopes.revision();
    if (now != revision) {
      revision = now;
      active = scopes.active();
      vaults.clear();
      sealer.identities.collect(!active.isEmpty());
    }
  }

  /**
   * Writes a stored record into a vault.
   *
   * @param month cipher of the record's month
   */
  void copy(MonthId vault, SealedRecord record, MonthCipher month) {
    MonthCiphers.Slot slot = slot(vault);
    if (slot == null) {
      // Refuses with the reason: a hold that had its key has none any more.
      slot = new MonthCiphers.Slot(vault, keys.key(vault).newCipher());
    }
    MonthCipher cipher = Objects.requireNonNull(slot.cipher());
    writer.writeHeld(slot, record.key(), row.of(record, month, cipher));
  }

  /** Writes the record that was sealed last into every hold that it belongs to. */
  void write(MonthCiphers.Slot month, byte[] record, int offset, int length) {
    if (active.isEmpty() || !month.copiesHolds()) {
      return;
    }
    found.clear();
    for (HeldScope scope : active) {
      MonthCiphers.Slot slot = isMeant(scope) ? slot(scope.vault()) : null;
      if (slot != null) {
        found.add(slot);
      }
    }
    for (MonthCiphers.Slot slot : found) {
      writeInto(slot, record, offset, length);
    }
  }

  private boolean isMeant(HeldScope scope) {
    HeaderReader header = sealer.header;
    return scope.mayMatch(header.account().value(), header.channel, header.startedAtMicros)
        && (!scope.needsIdentity()
            || scope.matchesId(header.idHigh, header.idLow)
            || sealer.identities.isCollected(scope));
  }

  private MonthCiphers.@Nullable Slot slot(MonthId vault) {
    MonthCiphers.Slot slot = vaults.get(vault);
    Optional<MonthKey> key = keys.existing(vault);
    if (slot != null && key.isPresent()) {
      return slot;
    }
    vaults.remove(vault);
    try {
      slot = key.map(alive -> new MonthCiphers.Slot(vault, alive.newCipher())).orElse(null);
    } catch (CryptoException.KeyDestroyed e) {
      return null;
    }
    if (slot != null) {
      vaults.put(vault, slot);
    }
    return slot;
  }

  private void writeInto(MonthCiphers.Slot slot, byte[] record, int offset, int length) {
    int mark = writer.entries().size();
    try {
      sealer.seal(slot, record, offset, length);
      writer.write(
          slot,
          sealer.header,
          sealer.row,
          sealer.identities,
          EntryWriter.SAME_PLACE,
          EntryWriter.Marks.NONE);
    } catch (CryptoException.KeyDestroyed released) {
      writer.entries().truncate(mark);
    }
  }
}
