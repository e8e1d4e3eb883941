package vellum.core.period;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vellum.core.store.Scan;

/**
 * A cursor over one pseudonym's keys of the subject index, of the table and of the heap, in their
 * order; one that is in both is handed out once. Not thread-safe; to be closed.
 */
final class SubjectKeys implements AutoCloseable {

  private final Scan stored;
  private final SubjectRuns fresh;
  private final byte[] prefix;
  private final byte[] dropped;
  private byte @Nullable [] fromStored;
  private byte @Nullable [] fromFresh;
  private boolean begun;

  /**
   * @param stored range of the pseudonym in the table; closed with this
   * @param from at or before all of its keys; begins with the pseudonym
   * @param dropped a run of keys that the table is about to lose
   */
  SubjectKeys(Scan stored, SubjectRuns fresh, byte[] from, byte[] dropped) {
    this.stored = stored;
    this.fresh = fresh;
    this.dropped = dropped;
    this.prefix = Arrays.copyOf(from, SubjectKey.PSEUDONYM_BYTES);
    fresh.seek(from);
  }

  /** Moves so that {@link #next} gives the first key that is not less. */
  void seek(byte[] key) {
    stored.seek(key);
    fresh.seek(key);
    begun = false;
  }

  /** The next key, or null at the end. */
  byte @Nullable [] next() {
    if (!begun) {
      fromStored = nextStored();
      fromFresh = nextFresh();
      begun = true;
    }
    byte @Nullable [] one = fromStored;
    byte @Nullable [] other = fromFresh;
    int order = one == null ? 1 : other == null ? -1 : Arrays.compareUnsigned(one, other);
    if (order <= 0) {
      fromStored = nextStored();
    }
    if (order >= 0 && other != null) {
      fromFresh = nextFresh();
    }
    return order <= 0 ? one : other;
  }

  private byte @Nullable [] nextStored() {
    while (stored.next()) {
      byte[] key = stored.key();
      if (!SubjectRuns.contains(dropped, key, 0)) {
        return key;
      }
    }
    return null;
  }

  private byte @Nullable [] nextFresh() {
    if (!fresh.next()) {
      return null;
    }
    int from = fresh.offset();
    boolean isOf =
        Arrays.equals(fresh.bytes(), from, from + prefix.length, prefix, 0, prefix.length);
    return isOf ? Arrays.copyOfRange(fresh.bytes(), from, from + SubjectKey.BYTES) : null;
  }

  @Override
  public void close() {
    stored.close();
  }
}
