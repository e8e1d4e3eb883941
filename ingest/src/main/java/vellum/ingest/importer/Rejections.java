package vellum.ingest.importer;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the server refused: counts by code, and for a bounded number of rows the code and reason, so
 * that their rows can be written to the rejects file afterwards. Thread-safe.
 */
final class Rejections implements RecordSink.RejectionListener {

  /** Most rows that are written out. */
  static final int MAX_ROWS = 1_000_000;

  private final SortedMap<String, Long> counts = new TreeMap<>();
  private final SortedMap<Long, Rejection> rows = new TreeMap<>();

  /** Why a row's record was refused. */
  record Rejection(String code, String reason) {}

  @Override
  public synchronized void rejected(long row, String code, String reason) {
    counts.merge(code, 1L, Long::sum);
    if (rows.size() < MAX_ROWS) {
      rows.put(row, new Rejection(code, reason));
    }
  }

  synchronized SortedMap<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  synchronized long lastRow() {
    return rows.isEmpty() ? 0 : rows.lastKey();
  }

  synchronized @Nullable Rejection of(long row) {
    return rows.get(row);
  }
}
