package vellum.core.period;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;
import vellum.core.store.Scan;
import vellum.core.store.Store;

/**
 * Which records a live month cannot have, without asking the store: most keys that are looked up
 * are new. A bucket of time in which there was no row when it was first asked for has those keys
 * only that were looked up since, for who puts a row looks it up before. They are remembered, slice
 * by slice of about a second, as hashes: two keys of one hash cost a look-up, a key is never taken
 * for absent that is there. When there are too many, the oldest slices are given up: of them, and
 * of a bucket that had rows, the store is asked. Not thread-safe: for the applier.
 */
final class RecentKeys {

  /** Keys remembered in all, 16 to 32 bytes each. */
  static final int MOST_KEYS = 1 << 20;

  /** What a slice takes beside its keys, in keys. */
  private static final int SLICE_KEYS = 8;

  /** From the first eight bytes of an id to its slice: 48 bits of milliseconds, 1,024 a slice. */
  private static final int SLICE_SHIFT = 16 + 10;

  private static final int NEAR = 256;

  private final Store store;
  private final int mostKeys;

  /** Slices all of whose keys are remembered. */
  private final NavigableMap<Long, Hashes> slices = new TreeMap<>();

  /** Whether a bucket had no rows when it was first asked for: at most those of a month. */
  private final Map<Integer, Boolean> wereEmpty = new HashMap<>();

  /** The latest slice that is given up, and with it all before. */
  private long givenUp = -1;

  private int keys;

  /** Slices that were asked for lately, by their numbers. */
  private final @Nullable Hashes[] near = new Hashes[NEAR];

  private byte[] asked = new byte[0];
  private int[] indexes = new int[0];

  /**
   * @param mostKeys that are remembered; beyond it the oldest slices are given up
   */
  RecentKeys(Store store, int mostKeys) {
    this.store = store;
    this.mostKeys = mostKeys;
  }

  /** Looks up rows as {@link Store#multiGet} does; from now on each key may have one. */
  void lookUp(byte[] wanted, int count, Store.Values rows) {
    if (indexes.length < count) {
      indexes = new int[2 * count];
      asked = new byte[2 * count * RecordKey.BYTES];
    }
    int some = 0;
    for (int i = 0; i < count; i++) {
      int from = i * RecordKey.BYTES;
      if (!isNew(wanted, from)) {
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

  /** Whether a key cannot have a row; it is remembered where all keys are. */
  private boolean isNew(byte[] key, int offset) {
    Hashes slice = slice(key, offset);
    if (slice == null || !slice.add(hash(key, offset))) {
      return false;
    }
    keys++;
    while (keys > mostKeys) {
      giveUpOldest();
    }
    return true;
  }

  private void giveUpOldest() {
    Map.Entry<Long, Hashes> oldest = slices.pollFirstEntry();
    givenUp = oldest.getKey();
    keys -= oldest.getValue().size + SLICE_KEYS;
    near[(int) givenUp & NEAR - 1] = null;
  }

  /** The slice of a key when all keys of it are remembered, or null. */
  private @Nullable Hashes slice(byte[] key, int offset) {
    int bucket = Bytes.getInt(key, offset);
    long number = Bytes.getLong(key, offset + RecordKey.ID_OFFSET) >>> SLICE_SHIFT;
    Hashes lately = near[(int) number & NEAR - 1];
    if (lately != null && lately.number == number && lately.bucket == bucket) {
      return lately;
    }
    if (number <= givenUp || !wereEmpty.computeIfAbsent(bucket, this::isEmpty)) {
      return null;
    }
    Hashes slice = slices.get(number);
    if (slice == null) {
      slice = new Hashes(bucket, number);
      slices.put(number, slice);
      keys += SLICE_KEYS;
    }
    near[(int) number & NEAR - 1] = slice;
    return slice;
  }

  private boolean isEmpty(int bucket) {
    byte[] from = RecordKey.lowerBound(bucket, 0, 0, 0);
    byte[] to = RecordKey.lowerBound(bucket + 1, 0, 0, 0);
    try (Scan rows = store.scan(MonthTables.RECORDS, from, to)) {
      return !rows.next();
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

  /** Hashes of a slice, a set of numbers other than 0: open addressing, half full at most. */
  private static final class Hashes {
    final int bucket;
    final long number;
    private long[] slots = new long[16];
    private int size;

    /**
     * @param number of the slice
     */
    Hashes(int bucket, long number) {
      this.bucket = bucket;
      this.number = number;
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
