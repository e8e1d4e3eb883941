package vellum.ingest.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import vellum.core.apply.ApplyProgress;
import vellum.core.journal.Journal;
import vellum.core.journal.JournalStats;
import vellum.core.period.MonthState;
import vellum.core.record.MonthId;
import vellum.core.store.StoreStats;

/**
 * How a node is, at one moment; its parts were read one after the other.
 *
 * @param trouble why it is not ready; empty when it is
 * @param now the node's clock
 * @param floor journal sequence up to which every month has flushed
 * @param ingest counters of the streaming server by name
 * @param diskFreeBytes of the data directory's file system
 * @param warnings what somebody must look at; the node takes records all the same
 */
public record Status(
    String trouble,
    Instant startedAt,
    Instant now,
    JournalStats journal,
    Journal.Admission admission,
    List<Journal.Segment> segments,
    ApplyProgress applied,
    long floor,
    List<Month> months,
    Map<String, Double> ingest,
    long diskFreeBytes,
    List<Warning> warnings) {

  /**
   * A live month.
   *
   * @param suspended rows in suspense
   */
  public record Month(
      MonthId id, MonthState state, StoreStats store, long unflushedBytes, long suspended) {}
}
