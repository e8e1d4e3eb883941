package vellum.core.period;

import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;
import vellum.core.store.Scan;
import vellum.core.store.Store;

/**
 * Which records a live month cannot have, without asking the store: most keys that are looked up
 * are new. A bucket of time in which there was no row when it was first asked for has those keys
 * only that came since, and they are remembered, as hashes: two keys of one hash cost a look-up, a
 * key is never taken for absent that is there. Of a bucket that had rows the store is asked. Not
 * thread-safe: for the applier.
 */
final class RecentKeys {

  /** Keys remembered in all, 16 to 32 bytes each. */
  static final int MOST_KEYS = 1 << 20;

  private final Store store;
  private final int mostKeys;

  /** Buckets all of whose keys are remembered. */
  private final NavigableMap<Integer, Hashes> known = new TreeMap<>();

  /** Buckets that had rows, or too many: at most those of a month. */
  private final Set<Integer> unknown = new HashSet<>();

  private int keys;
  private int lastBucket = -1;
  private @Nullable Hashes last;
  private byte[] asked = new byte[0];
  private int[] indexes = new int[0];

  /**
   * @param mostKeys that are remembered; beyond it the oldest buckets are given up
   */
  RecentKeys(Store store, int mostKeys) {
    this.store = store;
    this.mostKeys = mostKeys;
  }

  /** Looks up rows as {@link Store#multiGet} does. */
  void lookUp(byte[] wanted, int count, Store.Values rows) {
    if (indexes.length < count) {
      indexes = new int[2 * count];
      asked = new byte[2 * count * RecordKey.BYTES];
    }
    int some = 0;
    for (int i = 0; i < count; i++) {
      int from = i * RecordKey.BYTES;
      Hashes bucket = bucket(Bytes.getInt(wanted, from), true);
      if (bucket == null || bucket.has(hash(wanted, from))) {
        System.arraycopy(wanted, from, asked, some * RecordKey.BYTES, RecordKey.BYTES);
        indexes[some++] = i;
      }
    }
    store.multiGet(
        MonthTables.RECORDS,
        asked,
        some,
        (index, value, offset, length) -> rows.found(indexes[index], value, offset, length));
  }

  /** A row is put under a key. */
  void add(byte[] key, int offset) {
    Hashes bucket = bucket(Bytes.getInt(key, offset), false);
    if (bucket != null && bucket.add(hash(key, offset))) {
      keys++;
      while (keys > mostKeys) {
        giveUpOldest();
      }
    }
  }

  private void giveUpOldest() {
    Map.Entry<Integer, Hashes> oldest = known.pollFirstEntry();
    unknown.add(oldest.getKey());
    keys -= oldest.getValue().size;
    lastBucket = -1;
    last = null;
  }

  /** A bucket whose keys are all remembered, or null. */
  private @Nullable Hashes bucket(int number, boolean begins) {
    if (number != lastBucket) {
      Hashes found = known.get(number);
      if (found == null && begins && !unknown.contains(number)) {
        if (hasRows(number)) {
          unknown.add(number);
        } else {
          found = new Hashes();
          known.put(number, found);
        }
      }
      lastBucket = number;
      last = found;
    }
    return last;
  }

  private boolean hasRows(int bucket) {
    byte[] from = RecordKey.lowerBound(bucket, 0, 0, 0);
    byte[] to = RecordKey.lowerBound(bucket + 1, 0, 0, 0);
    try (Scan rows = store.scan(MonthTables.RECORDS, from, to)) {
      return rows.next();
    }
  }

  private static long hash(byte[] key, int offset) {
    long mixed =
        Bytes.getLong(key, offset + RecordKey.BYTES - Long.BYTES) * 0x9E37_79B9_7F4A_7C15L
            ^ Bytes.getLong(key, offset + RecordKey.ID_OFFSET)
            ^ Bytes.getInt(key, offset + RecordKey.ACCOUNT_OFFSET);
    mixed = (mixed ^ mixed >>> 31) * 0xBF58_476D_1CE4_E5B9L;
    mixed ^= mixed >>> 29;
    return mixed == 0 ? 1 : mixed;
  }

  /** A set of numbers other than 0: open addressing, half full at most. */
  private static final class Hashes {
    private long[] slots = new long[64];
    private int size;

    boolean has(long hash) {
      return slots[slot(hash)] == hash;
    }

    private int slot(long hash) {
      int mask = slots.length - 1;
      int slot = (int) hash & mask;
      while (slots[slot] != 0 && slots[slot] != hash) {
        slot = slot + 1 & mask;
      }
      return slot;
    }

    /** Whether the number is new. */
    boolean add(long hash) {
      int slot = slot(hash);
      if (slots[slot] == hash) {
        return false;
      }
      slots[slot] = hash;
      if (2 * ++size > slots.length) {
        long[] old = slots;
        slots = new long[2 * old.length];
        for (long other : old) {
          if (other != 0) {
            slots[slot(other)] = other;
          }
        }
      }
      return true;
    }
  }
}
