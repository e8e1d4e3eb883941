package vellum.ingest.importer;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an import did. Immutable.
 *
 * @param read rows read
 * @param sent records sent
 * @param unmappable rows that became no record, by {@link BadRowCode}
 * @param rejected records that were sent and not taken, by code
 */
public record ImportReport(
    long read, long sent, SortedMap<String, Long> unmappable, SortedMap<String, Long> rejected) {

  public ImportReport {
    unmappable = Collections.unmodifiableSortedMap(new TreeMap<>(unmappable));
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
  }

  public long unmappableRows() {
    return sum(unmappable);
  }

  public long rejectedRecords() {
    return sum(rejected);
  }

  /** Whether every row became a record that was taken. */
  public boolean complete() {
    return unmappable.isEmpty() && rejected.isEmpty();
  }

  private static long sum(SortedMap<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
