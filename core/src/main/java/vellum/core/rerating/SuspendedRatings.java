package vellum.core.rerating;

import java.util.HashSet;
import java.util.Set;
import vellum.core.period.Month;
import vellum.core.period.SuspenseScan;
import vellum.core.record.AspectKind;
import vellum.core.seal.RowReader;

/**
 * Which records of a month have a rating in suspense: somebody has to decide about it first. Not
 * thread-safe.
 */
final class SuspendedRatings {

  private final RowReader row = new RowReader();
  private final Set<Month> without = new HashSet<>();

  /** Forgets which months have nothing in suspense: before a page of records. */
  void clear() {
    without.clear();
  }

  /** Whether one of the messages in suspense about a record brings a rating. */
  boolean has(Month month, byte[] key) {
    if (without.contains(month)) {
      return false;
    }
    if (isEmpty(month)) {
      without.add(month);
      return false;
    }
    try (SuspenseScan scan = month.suspense().scan(key)) {
      while (scan.next()) {
        if (isRating(scan.message().row())) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean isEmpty(Month month) {
    try (SuspenseScan scan = month.suspense().scan()) {
      return !scan.next();
    }
  }

  private boolean isRating(byte[] message) {
    row.over(message, 0, message.length);
    while (row.next()) {
      if (row.kind() == AspectKind.RATING) {
        return true;
      }
    }
    return false;
  }
}
