package vellum.core.period;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.YearMac;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;
import vellum.core.seal.RowReader;
import vellum.core.seal.SealedRecord;
import vellum.core.strip.AccountHash;
import vellum.core.strip.ArchiveKey;
import vellum.core.strip.StrippedRecord;

/**
 * The records of one account in one month that started in a span of time, in the order of {@link
 * ArchiveKey}s, whether the month is live or archived: so a page may end in the one and the next
 * begin in the other. A live month lies in order of time and ids; only records of one second are
 * brought into the order of their MACs, by their keys alone, before their rows are read. Not
 * thread-safe.
 */
final class Listing {

  private static final long MICROS = 1_000_000;
  private static final int MILLIS = 1000;

  private final AccountId account;
  private final byte[] accountHash;
  private final long fromMicros;
  private final long toMicros;
  private final List<Entry> found = new ArrayList<>();
  private final int most;
  private final RowReader reader = new RowReader();

  /**
   * A record and its place.
   *
   * @param key its {@link ArchiveKey}
   */
  record Entry(FoundRecord record, byte[] key) {}

  /**
   * @param most records to be found
   */
  Listing(AccountId account, long fromMicros, long toMicros, int most) {
    this.account = account;
    this.accountHash = new AccountHash().of(account);
    this.fromMicros = Math.max(0, fromMicros);
    this.toMicros = toMicros;
    this.most = most;
  }

  List<Entry> found() {
    return found;
  }

  boolean isFull() {
    return found.size() >= most;
  }

  /**
   * Adds records of a live month.
   *
   * @param after key behind which to go on, or null
   */
  void add(LiveMonth month, byte @Nullable [] after, YearMac mac) {
    long fromMillis = fromMicros / MILLIS;
    byte[] from =
        after == null
            ? lowerBound(RecordKey.bucket(fromMillis), fromMillis)
            : lowerBound(
                Bytes.getInt(after, ArchiveKey.BUCKET_OFFSET),
                ArchiveKey.second(after, 0) * MILLIS);
    List<byte[]> second = new ArrayList<>();
    try (AccountKeys keys =
        new AccountKeys(month.scanRecords(from), account.keyPart(), lastBucket())) {
      byte[] key = keys.next();
      while (!isFull() && key.length > 0 && RecordKey.millis(key, 0) * MILLIS < toMicros) {
        if (!second.isEmpty() && !isSameSecond(second.get(0), key)) {
          addSecond(month, second, after, mac);
          second.clear();
        }
        second.add(key);
        key = keys.next();
      }
      addSecond(month, second, after, mac);
    }
  }

  private byte[] lowerBound(int bucket, long millis) {
    return RecordKey.lowerBound(bucket, account.keyPart(), millis << 16, 0);
  }

  private int lastBucket() {
    return RecordKey.bucket(Math.max(0, toMicros - 1) / MILLIS);
  }

  private static boolean isSameSecond(byte[] one, byte[] other) {
    return Bytes.getInt(one, RecordKey.BUCKET_OFFSET)
            == Bytes.getInt(other, RecordKey.BUCKET_OFFSET)
        && RecordKey.millis(one, 0) / MILLIS == RecordKey.millis(other, 0) / MILLIS;
  }

  private void addSecond(LiveMonth month, List<byte[]> keys, byte @Nullable [] after, YearMac mac) {
    List<Keys> sorted = new ArrayList<>(keys.size());
    for (byte[] key : keys) {
      byte[] place = archiveKey(key, mac);
      if (after == null || Arrays.compareUnsigned(place, after) > 0) {
        sorted.add(new Keys(key, place));
      }
    }
    sorted.sort((a, b) -> Arrays.compareUnsigned(a.place, b.place));
    for (Keys one : sorted) {
      if (isFull()) {
        return;
      }
      month
          .row(one.key)
          .map(row -> new SealedRecord(month.month(), one.key, row))
          .filter(this::isWanted)
          .ifPresent(record -> found.add(new Entry(new FoundRecord.Sealed(record), one.place)));
    }
  }

  private byte[] archiveKey(byte[] key, YearMac mac) {
    long high = Bytes.getLong(key, RecordKey.ID_OFFSET);
    long low = Bytes.getLong(key, RecordKey.ID_OFFSET + Long.BYTES);
    byte[] place = new byte[ArchiveKey.BYTES];
    ArchiveKey.write(place, 0, key, 0, mac.mac(accountHash, high, low));
    return place;
  }

  private boolean isWanted(SealedRecord record) {
    long startedAt = record.startedAtMicros();
    return startedAt >= fromMicros && startedAt < toMicros && isAccounts(record.row());
  }

  private boolean isAccounts(byte[] row) {
    return reader.over(row, 0, row.length).account().equals(account.value());
  }

  /**
   * Adds records of an archived month, which knows seconds only: the second of a bound is whole.
   *
   * @param after key behind which to go on, or null
   */
  void add(ArchiveMonth month, byte @Nullable [] after) {
    long fromSecond = fromMicros / MICROS;
    byte[] from =
        after == null
            ? ArchiveKey.lowerBound(
                RecordKey.bucket(fromSecond * MILLIS), account.keyPart(), fromSecond, 0)
            : Arrays.copyOf(after, after.length + 1);
    try (AccountKeys keys =
        new AccountKeys(month.scanRecords(from), account.keyPart(), lastBucket())) {
      byte[] key = keys.next();
      while (!isFull() && key.length > 0 && ArchiveKey.second(key, 0) * MICROS < toMicros) {
        byte[] row = keys.row();
        if (ArchiveKey.second(key, 0) >= fromSecond && isAccounts(row)) {
          StrippedRecord record = new StrippedRecord(month.month(), key, row);
          found.add(new Entry(new FoundRecord.Stripped(record, Optional.empty()), key));
        }
        key = keys.next();
      }
    }
  }

  /** The two keys of a record. */
  private record Keys(byte[] key, byte[] place) {}
}
