package vellum.core.subject;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.core.record.MonthId;

/**
 * How far an erasure is and what it has erased. Names nobody. Immutable.
 *
 * @param position journal sequence as of which it was looked, and from JOURNALED on that of the
 *     last entry
 * @param parts of the ledger
 * @param done parts that went through the state at hand
 * @param records entries that erase of records; one of which two are erased counts twice
 * @param suspended rows in suspense
 * @param purgedBytes of the files that were written anew
 * @param months what was erased in each: its digest, 64 hexadecimal digits, once it is DONE; empty
 *     before
 */
public record ErasureStatus(
    ErasureState state,
    long position,
    int parts,
    int done,
    long records,
    long suspended,
    long purgedBytes,
    SortedMap<MonthId, String> months) {

  public ErasureStatus {
    months = Collections.unmodifiableSortedMap(new TreeMap<>(months));
  }

  static ErasureStatus begun() {
    return new ErasureStatus(ErasureState.BEGUN, 0, 0, 0, 0, 0, 0, new TreeMap<>());
  }

  /** The same in another state, at its first part. */
  ErasureStatus in(ErasureState next) {
    return new ErasureStatus(next, position, parts, 0, records, suspended, purgedBytes, months);
  }

  ErasureStatus at(long sequence) {
    return new ErasureStatus(state, sequence, parts, done, records, suspended, purgedBytes, months);
  }

  ErasureStatus partDone(long bytes) {
    return new ErasureStatus(
        state, position, parts, done + 1, records, suspended, purgedBytes + bytes, months);
  }

  ErasureStatus plusPurged(long bytes) {
    return new ErasureStatus(
        state, position, parts, done, records, suspended, purgedBytes + bytes, months);
  }

  ErasureStatus with(SortedMap<MonthId, String> digests) {
    return new ErasureStatus(
        state, position, parts, done, records, suspended, purgedBytes, digests);
  }
}
