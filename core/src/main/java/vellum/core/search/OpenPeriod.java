package vellum.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.MonthCipher;
import vellum.core.period.LiveMonth;
import vellum.core.period.RecordStore;
import vellum.core.period.ReferencedRecords;
import vellum.core.period.SubjectReferences;
import vellum.core.record.Bytes;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.seal.SealedRecord;

/**
 * A live month or a vault while a page is made of it. One whose key is destroyed meanwhile has
 * nobody's identities any more, from then on. Not thread-safe; to be closed.
 */
final class OpenPeriod implements AutoCloseable {

  private final RecordStore.Hold hold;
  private final LiveMonth month;
  private final Found.Place place;
  private final Opening opening;
  private @Nullable ReferencedRecords referenced;

  private OpenPeriod(RecordStore.Hold hold, LiveMonth month, Found.Place place, Opening opening) {
    this.hold = hold;
    this.month = month;
    this.place = place;
    this.opening = opening;
  }

  /** A live month, if it still is one. */
  static Optional<OpenPeriod> live(RecordStore months, MonthId month, Opening opening) {
    return open(months, month, Found.Place.LIVE, opening);
  }

  /** A vault, if it is still there and has its key. */
  static Optional<OpenPeriod> vault(RecordStore vaults, MonthId vault, Opening opening) {
    return opening.cipher(vault).isPresent()
        ? open(vaults, vault, Found.Place.VAULT, opening)
        : Optional.empty();
  }

  private static Optional<OpenPeriod> open(
      RecordStore store, MonthId period, Found.Place place, Opening opening) {
    Optional<RecordStore.Hold> held = store.holdExisting(period);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    RecordStore.Hold hold = held.get();
    if (!(hold.month() instanceof LiveMonth live)) {
      hold.close();
      return Optional.empty();
    }
    return Optional.of(new OpenPeriod(hold, live, place, opening));
  }

  MonthId id() {
    return month.month();
  }

  /** Gathers references of a person that start in an interval. */
  void gather(CanonicalIdentity identity, Interval interval, References into) {
    Optional<MonthCipher> cipher = opening.cipher(id());
    if (cipher.isEmpty()) {
      return;
    }
    MonthCipher with = cipher.get();
    try {
      byte[] pseudonym = new byte[MonthCipher.PSEUDONYM_BYTES];
      with.pseudonym(
          identity.identityClass(), identity.bytes(), 0, identity.length(), pseudonym, 0);
      try (SubjectReferences scan = month.references(pseudonym, with)) {
        for (byte[] next = scan.next(); next != null; next = scan.next()) {
          if (interval.has(next)) {
            into.add(next);
          }
        }
      }
    } catch (CryptoException.KeyDestroyed e) {
      opening.forget(id());
    }
  }

  /** Gathers references of the records of an id. */
  void gather(UUID id, References into) {
    for (SealedRecord record : month.records(id)) {
      into.add(ScopeMatch.prefix(record.key(), SubjectReferences.BYTES));
    }
  }

  /** The records that a reference stands for. */
  List<SealedRecord> of(byte[] reference) {
    if (referenced == null) {
      referenced = month.referenced();
    }
    return new ArrayList<>(referenced.of(reference));
  }

  /** The record of a key, if it is here. */
  Optional<SealedRecord> record(byte[] key) {
    return month.row(key).map(row -> new SealedRecord(id(), key, row));
  }

  LiveMonth month() {
    return month;
  }

  /** Opens a record of this period. */
  Found open(SealedRecord record) {
    return opening.open(record, place);
  }

  @Override
  public void close() {
    if (referenced != null) {
      referenced.close();
    }
    hold.close();
  }

  /** Milliseconds since the epoch, the first and the first after. */
  record Interval(long fromMillis, long toMillis) {

    /** Whether a record with this reference started in it. */
    boolean has(byte[] reference) {
      long millis = millis(reference);
      return millis >= fromMillis && millis < toMillis;
    }

    static long millis(byte[] reference) {
      return Bytes.getLong(reference, RecordKey.ID_OFFSET) >>> 16;
    }
  }
}
