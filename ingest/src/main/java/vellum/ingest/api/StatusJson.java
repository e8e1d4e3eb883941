package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import vellum.core.journal.Journal;
import vellum.core.journal.JournalStats;

/** A status as an answer shows it. Stateless. */
final class StatusJson {

  private StatusJson() {}

  static ObjectNode of(Status status) {
    ObjectNode node =
        Json.object()
            .put("ready", status.trouble().isEmpty())
            .put("trouble", status.trouble())
            .put("started_at", status.startedAt().toString())
            .put("now", status.now().toString())
            .put("disk_free_bytes", status.diskFreeBytes());
    ArrayNode warnings = node.putArray("warnings");
    for (Warning warning : status.warnings()) {
      warnings.addObject().put("code", warning.code().name()).put("text", warning.text());
    }
    journal(node.putObject("journal"), status);
    apply(node.putObject("apply"), status);
    months(node.putArray("months"), status);
    node.put("suspended", status.months().stream().mapToLong(Status.Month::suspended).sum());
    ObjectNode ingest = node.putObject("ingest");
    status.ingest().forEach((name, value) -> ingest.put(name, value.longValue()));
    return node;
  }

  private static void journal(ObjectNode node, Status status) {
    JournalStats stats = status.journal();
    node.put("admission", status.admission().name())
        .put("appended", stats.appended())
        .put("forced", stats.forced())
        .put("appended_bytes", stats.appendedBytes())
        .put("unreleased_bytes", stats.unreleasedBytes())
        .put("forces", stats.forces())
        .put("last_force_micros", stats.lastForceNanos() / 1_000)
        .put("total_force_micros", stats.totalForceNanos() / 1_000)
        .put("ring_commands", stats.ringCommands())
        .put("ring_bytes", stats.ringBytes())
        .put("streams", stats.streams())
        .put("gaps", stats.gaps())
        .put("duplicates", stats.duplicates())
        .put("fenced", stats.fenced())
        .put("rolls", stats.rolls())
        .put("usable_bytes", stats.usableBytes());
    ArrayNode segments = node.putArray("segments");
    for (Journal.Segment segment : status.segments()) {
      segments
          .addObject()
          .put("generation", segment.generation())
          .put("first", segment.first())
          .put("last", segment.last())
          .put("bytes", segment.bytes());
    }
  }

  private static void apply(ObjectNode node, Status status) {
    long lag = Math.max(0, status.journal().forced() - status.applied().sequence());
    long lastMs = status.applied().lastAppendedAtMicros() / 1_000;
    boolean isLagging = lag > 0 && lastMs > 0;
    node.put("sequence", status.applied().sequence())
        .put("messages", status.applied().messages())
        .put("floor", status.floor())
        .put("lag_entries", lag)
        .put("lag_ms", isLagging ? Math.max(0, status.now().toEpochMilli() - lastMs) : 0);
  }

  private static void months(ArrayNode array, Status status) {
    for (Status.Month month : status.months()) {
      array
          .addObject()
          .put("month", month.id().toString())
          .put("state", "live")
          .put("position", month.state().position())
          .put("records", month.state().records())
          .put("suspended", month.suspended())
          .put("file_bytes", month.store().liveFileBytes())
          .put("memory_bytes", month.store().memtableBytes())
          .put("unflushed_bytes", month.unflushedBytes())
          .put("background_errors", month.store().backgroundErrors())
          .put("write_stopped", month.store().writeStopped());
    }
  }
}
