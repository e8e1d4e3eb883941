package vellum.core.apply;

import java.util.Arrays;
import vellum.core.record.AspectKind;
import vellum.core.seal.RowReader;

/** The aspects of one message that went into a row. Not thread-safe; reused. */
public final class TakenAspects {

  /** Version of an aspect that was not there. */
  public static final long NONE = 0;

  private AspectKind[] kinds = new AspectKind[4];
  private int[] legs = new int[4];
  private long[] before = new long[4];
  private long[] versions = new long[4];
  private int size;

  TakenAspects() {}

  void clear() {
    size = 0;
  }

  void add(RowReader aspect, long versionBefore) {
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, 2 * size);
      legs = Arrays.copyOf(legs, 2 * size);
      before = Arrays.copyOf(before, 2 * size);
      versions = Arrays.copyOf(versions, 2 * size);
    }
    kinds[size] = aspect.kind();
    legs[size] = aspect.leg();
    before[size] = versionBefore;
    versions[size] = aspect.version();
    size++;
  }

  /** Takes all aspects of a row that is new. */
  void addAll(RowReader row) {
    clear();
    while (row.next()) {
      add(row, NONE);
    }
  }

  public int size() {
    return size;
  }

  public AspectKind kind(int index) {
    return kinds[index];
  }

  /** Number of the leg; 0 of other aspects. */
  public int leg(int index) {
    return legs[index];
  }

  /** Version that was replaced, or {@link #NONE}. */
  public long versionBefore(int index) {
    return before[index];
  }

  public long version(int index) {
    return versions[index];
  }
}
