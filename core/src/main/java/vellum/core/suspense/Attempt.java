package vellum.core.suspense;

import org.jspecify.annotations.Nullable;
import vellum.core.record.MonthId;
import vellum.core.seal.BatchSealer;

/**
 * A row that was opened, corrected and judged anew, and how it is written if it is. Immutable; the
 * clear bytes in it live as long as it does.
 *
 * @param code of suspense that it has now; 0 when it is to be applied
 * @param refused why it cannot be recycled at all, null when it can
 * @param month in which its record will be, null when refused
 * @param key of its record there, null when refused
 * @param entry adds it to a batch, null when refused
 * @param bytes about what it adds
 */
record Attempt(
    SuspendedRow row,
    int code,
    @Nullable String refused,
    @Nullable MonthId month,
    byte @Nullable [] key,
    @Nullable Entry entry,
    int bytes) {

  /** Adds an entry. */
  interface Entry {
    void into(BatchSealer sealer);
  }

  static Attempt refused(SuspendedRow row, String why) {
    return new Attempt(row, row.message().code(), why, null, null, null, 0);
  }

  /** Whether anything changes by writing it: what fails by the same rule stays as it is. */
  boolean isToBeWritten() {
    return entry != null && code != row.message().code();
  }
}
