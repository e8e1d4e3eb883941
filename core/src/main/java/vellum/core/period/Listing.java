package vellum.core.period;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.CellFilter;
import vellum.core.billing.RowMatch;
import vellum.core.crypto.YearMac;
import vellum.core.record.AccountHash;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.seal.RowReader;
import vellum.core.seal.SealedRecord;
import vellum.core.store.Scan;
import vellum.core.strip.ArchiveKey;
import vellum.core.strip.StrippedRecord;

/**
 * The records that a {@link RecordQuery} means, month by month in the order of {@link ArchiveKey}s,
 * whether the month is live or archived: so a page may end in the one and the next begin in the
 * other. A live month lies in order of time and ids; only records of one account and second are
 * brought into the order of their MACs. It ends when enough are found or enough are read. Not
 * thread-safe.
 */
final class Listing {

  /** Rows after which it ends, in the middle of a month too: the next page goes on there. */
  static final int MOST_READ = 100_000;

  private static final long MICROS = 1_000_000;
  private static final int MILLIS = 1000;

  private final RecordQuery query;
  private final long fromMicros;
  private final long toMicros;
  private final byte @Nullable [] accountText;
  private final int most;
  private final int mostRead;
  private final @Nullable RowMatch match;
  private final List<Entry> found = new ArrayList<>();
  private final List<Sealed> second = new ArrayList<>();
  private final RowReader reader = new RowReader();
  private final AccountHash accounts = new AccountHash();
  private int read;
  private @Nullable Place stopped;

  /**
   * A record and its place.
   *
   * @param key its {@link ArchiveKey}
   */
  record Entry(FoundRecord record, byte[] key) {}

  /** A live record with its {@link RecordKey}, and its place once that is known. */
  private record Sealed(byte[] key, byte[] row, byte[] place) {}

  /**
   * @param most records to be found
   * @param mostRead rows to be read, about
   */
  Listing(RecordQuery query, int most, int mostRead) {
    CellFilter cells = query.cells();
    AccountId account = query.account();
    this.query = query;
    this.accountText = account == null ? null : account.value().getBytes(StandardCharsets.UTF_8);
    this.fromMicros = Math.max(0, query.fromMicros());
    this.toMicros = query.toMicros();
    this.most = most;
    this.mostRead = mostRead;
    this.match = cells == null ? null : new RowMatch(cells);
  }

  List<Entry> found() {
    return found;
  }

  /** Where it ended because enough was read; null when it did not. */
  @Nullable Place stopped() {
    return stopped;
  }

  boolean isDone() {
    return isFull() || stopped != null;
  }

  private boolean isFull() {
    return found.size() >= most;
  }

  /**
   * Adds records of a live month.
   *
   * @param after key behind which to go on, or null
   */
  void add(LiveMonth month, byte @Nullable [] after, YearMac mac) {
    try (AccountKeys keys = keys(month.scanRecords(liveStart(after)))) {
      byte[] last = new byte[0];
      byte[] key = keys.next();
      while (!isDone() && key.length > 0) {
        if (last.length > 0 && !isSameSecond(last, key)) {
          endSecond(month.month(), last, after, mac);
        }
        if (!isDone()) {
          take(key, keys);
          last = key;
          key = keys.next();
        }
      }
      if (last.length > 0) {
        addSecond(month.month(), after, mac);
      }
    }
  }

  private AccountKeys keys(Scan scan) {
    int lastBucket = RecordKey.bucket(Math.max(0, toMicros - 1) / MILLIS);
    return new AccountKeys(scan, query.account(), lastBucket);
  }

  private byte[] liveStart(byte @Nullable [] after) {
    if (after != null) {
      long millis = ArchiveKey.second(after, 0) * MILLIS;
      return RecordKey.lowerBound(
          Bytes.getInt(after, ArchiveKey.BUCKET_OFFSET),
          Bytes.getInt(after, ArchiveKey.ACCOUNT_OFFSET),
          millis << 16,
          0);
    }
    long millis = fromMicros / MILLIS;
    AccountId account = query.account();
    int bucket = RecordKey.bucket(millis);
    return account == null
        ? RecordKey.lowerBound(bucket, 0, 0, 0)
        : RecordKey.lowerBound(bucket, account.keyPart(), millis << 16, 0);
  }

  private void take(byte[] key, AccountKeys keys) {
    read++;
    long millis = RecordKey.millis(key, 0);
    if ((millis + 1) * MILLIS <= fromMicros || millis * MILLIS >= toMicros) {
      return;
    }
    byte[] row = keys.row();
    long startedAt = millis * MILLIS + reader.over(row, 0, row.length).subMillis();
    if (startedAt >= fromMicros && startedAt < toMicros && isMeant(row, millis / MILLIS)) {
      second.add(new Sealed(key, row, new byte[ArchiveKey.BYTES]));
    }
  }

  /** Whether the row at hand, which the reader stands at, is meant. */
  private boolean isMeant(byte[] row, long startedSecond) {
    int from = reader.accountOffset();
    byte[] text = accountText;
    return (text == null
            || Arrays.equals(row, from, from + reader.accountLength(), text, 0, text.length))
        && (match == null || match.matches(row, startedSecond));
  }

  private static boolean isSameSecond(byte[] one, byte[] other) {
    return Arrays.equals(one, 0, RecordKey.ID_OFFSET, other, 0, RecordKey.ID_OFFSET)
        && RecordKey.millis(one, 0) / MILLIS == RecordKey.millis(other, 0) / MILLIS;
  }

  /** Adds a second that is complete, and ends when enough is read. */
  private void endSecond(MonthId month, byte[] last, byte @Nullable [] after, YearMac mac) {
    addSecond(month, after, mac);
    if (read >= mostRead && !isFull()) {
      byte[] end = new byte[ArchiveKey.BYTES];
      ArchiveKey.write(end, 0, last, 0, -1);
      stopped = new Place(month, end);
    }
  }

  private void addSecond(MonthId month, byte @Nullable [] after, YearMac mac) {
    for (Sealed one : second) {
      reader.over(one.row, 0, one.row.length);
      byte[] name = accounts.of(one.row, reader.accountOffset(), reader.accountLength());
      long high = Bytes.getLong(one.key, RecordKey.ID_OFFSET);
      long low = Bytes.getLong(one.key, RecordKey.ID_OFFSET + Long.BYTES);
      ArchiveKey.write(one.place, 0, one.key, 0, mac.mac(name, high, low));
    }
    second.sort((a, b) -> Arrays.compareUnsigned(a.place, b.place));
    for (Sealed one : second) {
      if (!isFull() && (after == null || Arrays.compareUnsigned(one.place, after) > 0)) {
        SealedRecord record = new SealedRecord(month, one.key, one.row);
        found.add(new Entry(new FoundRecord.Sealed(record), one.place));
      }
    }
    second.clear();
  }

  /**
   * Adds records of an archived month, which knows seconds only: the second of a bound is whole.
   *
   * @param after key behind which to go on, or null
   */
  void add(ArchiveMonth month, byte @Nullable [] after) {
    long fromSecond = fromMicros / MICROS;
    try (AccountKeys keys = keys(month.scanRecords(archiveStart(after, fromSecond)))) {
      byte[] key = keys.next();
      while (!isDone() && key.length > 0) {
        long startedSecond = ArchiveKey.second(key, 0);
        byte[] row = keys.row();
        reader.over(row, 0, row.length);
        read++;
        if (startedSecond >= fromSecond
            && startedSecond * MICROS < toMicros
            && isMeant(row, startedSecond)) {
          StrippedRecord record = new StrippedRecord(month.month(), key, row);
          found.add(new Entry(new FoundRecord.Stripped(record, Optional.empty()), key));
        }
        if (read >= mostRead && !isFull()) {
          stopped = new Place(month.month(), key);
        }
        key = keys.next();
      }
    }
  }

  private byte[] archiveStart(byte @Nullable [] after, long fromSecond) {
    if (after != null) {
      return Arrays.copyOf(after, after.length + 1);
    }
    AccountId account = query.account();
    int bucket = RecordKey.bucket(fromSecond * MILLIS);
    return account == null
        ? ArchiveKey.lowerBound(bucket, 0, 0, 0)
        : ArchiveKey.lowerBound(bucket, account.keyPart(), fromSecond, 0);
  }
}
