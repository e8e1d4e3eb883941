package vellum.core.period;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.core.record.MonthId;
import vellum.core.record.Output;
import vellum.core.record.RecordKey;
import vellum.core.seal.SealedRecord;
import vellum.core.store.KeyRange;
import vellum.core.store.Purged;
import vellum.core.store.Scan;
import vellum.core.store.Store;

/**
 * A month of one retention class, for as long as it holds identities: one directory, one store.
 * Threads as {@link Month} says.
 */
public final class LiveMonth extends Month {

  LiveMonth(MonthId month, Store store) {
    super(month, store, MonthTables.RECORDS, MonthTables.SUSPENSE);
  }

  @Override
  public long second(byte[] key, int offset) {
    return RecordKey.millis(key, offset) / 1000;
  }

  @Override
  public Stage.Owner owner() {
    return Stage.Owner.LIVE;
  }

  @Override
  FoundRecord found(byte[] key, byte[] row) {
    return new FoundRecord.Sealed(new SealedRecord(month, key, row));
  }

  /** The record of an account and id. */
  public Optional<SealedRecord> record(AccountId account, UUID id) {
    byte[] key = RecordKey.of(account, id);
    return Optional.ofNullable(store.get(MonthTables.RECORDS, key))
        .map(row -> new SealedRecord(month, key, row));
  }

  /** The records that an id alone finds: skips from account to account through its bucket. */
  public List<SealedRecord> records(UUID id) {
    List<SealedRecord> found = new ArrayList<>(1);
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    int bucket = RecordKey.bucket(high >>> 16);
    byte[] from = RecordKey.lowerBound(bucket, 0, 0, 0);
    byte[] to = RecordKey.lowerBound(bucket + 1, 0, 0, 0);
    try (Scan scan = store.scan(MonthTables.RECORDS, from, to)) {
      while (scan.next()) {
        byte[] key = scan.key();
        int account = Bytes.getInt(key, RecordKey.ACCOUNT_OFFSET);
        byte[] wanted = RecordKey.lowerBound(bucket, account, high, low);
        int order = Arrays.compareUnsigned(key, wanted);
        if (order == 0) {
          found.add(new SealedRecord(month, key, scan.value()));
        }
        if (order < 0) {
          scan.seek(wanted);
        } else if (account == -1) {
          break;
        } else {
          scan.seek(RecordKey.lowerBound(bucket, account + 1, 0, 0));
        }
      }
    }
    return found;
  }

  /** The row of a record key. */
  public Optional<byte[]> row(byte[] key) {
    return Optional.ofNullable(store.get(MonthTables.RECORDS, key));
  }

  /**
   * Keys of records that changed behind a journal sequence, whole batches only.
   *
   * @param limit keys from which on no further batch is taken, at least 1
   */
  public Changes changedSince(long sequence, int limit) {
    byte[] from = new byte[Long.BYTES];
    Bytes.putLong(from, 0, sequence + 1);
    Output keys = new Output(1 << 12);
    long upTo = sequence;
    try (Scan scan = store.scan(MonthTables.CHANGED, from, MonthTables.END)) {
      while (scan.next()) {
        byte[] change = scan.key();
        long of = Bytes.getLong(change, 0);
        if (of != upTo && keys.size() >= limit * RecordKey.BYTES) {
          break;
        }
        upTo = of;
        keys.write(change, Long.BYTES, RecordKey.BYTES);
      }
    }
    return new Changes(upTo, keys.bytes(), keys.size() / RecordKey.BYTES);
  }

  /**
   * What changed.
   *
   * @param upTo sequence of the last batch that is taken; the one asked for when nothing changed
   * @param keys record keys, one behind the other; a key may stand more than once
   * @param count of the keys
   */
  public record Changes(long upTo, byte[] keys, int count) {}

  /** What was posted behind one journal sequence and up to another, as of now; to be closed. */
  public PostingScan postedBetween(long behind, long upTo) {
    return PostingScan.ofNotes(store, behind, upTo);
  }

  /**
   * Takes what was erased of some records out of the files of rows, and of suspense: flushes, and
   * writes the files anew that hold them, as {@link Store#purge} says.
   *
   * @param keys record keys
   */
  public Purged purgeRecords(List<byte[]> keys) {
    flush();
    Purged rows = store.purge(MonthTables.RECORDS, keys.stream().map(KeyRange::of).toList());
    Purged suspended =
        store.purge(MonthTables.SUSPENSE, keys.stream().map(LiveMonth::suspended).toList());
    return rows.with(suspended);
  }

  private static KeyRange suspended(byte[] key) {
    byte[] last = Arrays.copyOf(key, key.length + SuspenseKey.ORIGIN_BYTES);
    Arrays.fill(last, key.length, last.length, (byte) 0xFF);
    return new KeyRange(key, last);
  }

  /**
   * Takes what went of the subject index out of its files: all of them are written anew, for its
   * keys lie everywhere.
   */
  public Purged purgeSubjects() {
    flush();
    byte[] last = new byte[SubjectKey.BYTES];
    Arrays.fill(last, (byte) 0xFF);
    return store.purge(
        MonthTables.SUBJECTS, List.of(new KeyRange(new byte[SubjectKey.BYTES], last)));
  }

  /** Records that a pseudonym's index rows stand for; to be closed. */
  public SubjectScan subjects(byte[] pseudonym, MonthCipher cipher) {
    return new SubjectScan(month, store, index, pseudonym, cipher);
  }

  /** Where the records begin that a pseudonym's index rows stand for; to be closed. */
  public SubjectReferences references(byte[] pseudonym, MonthCipher cipher) {
    return new SubjectReferences(index.scan(pseudonym), cipher);
  }

  /** Reads records by where they begin; to be closed. */
  public ReferencedRecords referenced() {
    return new ReferencedRecords(
        month, store.scan(MonthTables.RECORDS, new byte[RecordKey.BYTES], MonthTables.END));
  }
}
