package vellum.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AbstractHistogram;

/** The figures of one run, and how they are printed. */
record LoadReport(
    TrafficFile.Content content,
    Sender.Sending sending,
    Outcomes outcomes,
    Costs costs,
    Latencies latencies,
    Timeline timeline,
    JsonNode status) {

  /** What became of the messages. */
  record Outcomes(long sent, long acked, long rejected, long failed, JsonNode count) {}

  /**
   * What it took.
   *
   * @param ackedNanos until the last ack
   * @param appliedNanos until all was applied
   * @param writtenBytes that the server wrote to the disk, its journal included
   */
  record Costs(
      long ackedNanos,
      long appliedNanos,
      long serverCpuNanos,
      long clientCpuNanos,
      long writtenBytes,
      GcLog.Pauses pauses) {

    /** Messages applied a second. */
    double appliedPerSecond(long messages) {
      return messages * 1e9 / appliedNanos;
    }
  }

  /**
   * From due or sent to acknowledged, in microseconds.
   *
   * @param warm of messages that were due when the server was warm
   */
  record Latencies(AbstractHistogram all, AbstractHistogram warm) {}

  /** Whether every message was acknowledged and every record is there once. */
  boolean isComplete() {
    return outcomes.failed == 0
        && outcomes.rejected == 0
        && outcomes.acked == outcomes.sent
        && outcomes.count.get("records").asLong() == content.records();
  }

  void print(PrintStream out) {
    double sent = outcomes.sent;
    line(out, "records", "%,d distinct", content.records());
    line(
        out,
        "messages",
        "%,d (%.1f %% bring later aspects, %.1f %% duplicates), %,d distinct subjects, %.0f B each",
        outcomes.sent,
        100 * content.laterAspects() / sent,
        100 * content.duplicates() / sent,
        content.subjects(),
        content.bytes() / sent);
    line(
        out,
        "sending",
        "%d streams, batches of %,d%s%s%s",
        sending.streams(),
        sending.batch(),
        sending.zstd() ? ", zstd" : "",
        sending.rate() == 0 ? "" : String.format(Locale.ROOT, ", %,d messages/s", sending.rate()),
        sending.maxLag() == Long.MAX_VALUE
            ? ", burst"
            : String.format(Locale.ROOT, ", within %,d of the applier", sending.maxLag()));
    line(
        out,
        "acknowledged",
        "%,.0f messages/s over %.1f s",
        perSecond(costs.ackedNanos),
        seconds(costs.ackedNanos));
    line(
        out,
        "applied",
        "%,.0f messages/s over %.1f s",
        perSecond(costs.appliedNanos),
        seconds(costs.appliedNanos));
    latency(out);
    costs(out);
    outcomes(out);
    timeline.print(out);
    out.println(isComplete() ? "complete: every record is there once" : "NOT COMPLETE");
  }

  private void latency(PrintStream out) {
    String due = sending.rate() == 0 ? "" : ", due";
    line(out, "ack latency" + due, "%s", percentiles(latencies.all));
    warm(out);
  }

  private void costs(PrintStream out) {
    double sent = outcomes.sent;
    line(
        out,
        "CPU a message",
        "server %.2f us, client %.2f us",
        costs.serverCpuNanos / 1e3 / sent,
        costs.clientCpuNanos / 1e3 / sent);
    line(
        out,
        "bytes a record",
        "%.0f in live months (before the last compaction)",
        (double) ServerProcess.monthBytes(status) / content.records());
    line(out, "server memory", "%,d MiB anonymous at most", timeline.peakResidentBytes() >> 20);
    line(
        out,
        "written",
        "%,d MiB to the disk, %.1f times the messages' bytes",
        costs.writtenBytes >> 20,
        (double) costs.writtenBytes / content.bytes());
    line(
        out,
        "GC",
        "%,d pauses, %.0f ms in all, the longest %.1f ms",
        costs.pauses.count(),
        costs.pauses.totalMs(),
        costs.pauses.longestMs());
  }

  private void outcomes(PrintStream out) {
    line(
        out,
        "outcomes",
        "%,d acknowledged, %,d rejected, %,d failed; records %,d, updates %,d, duplicates %,d, stale %,d, conflicts %,d",
        outcomes.acked,
        outcomes.rejected,
        outcomes.failed,
        outcomes.count.get("records").asLong(),
        outcomes.count.get("updates").asLong(),
        outcomes.count.get("duplicates").asLong(),
        outcomes.count.get("stale").asLong(),
        outcomes.count.get("conflicts").asLong());
  }

  /** The same from the second on in which the server is taken for warm. */
  private void warm(PrintStream out) {
    if (latencies.warm.getTotalCount() == 0) {
      return;
    }
    List<Moment> all = timeline.moments();
    Moment first = Moment.firstFrom(all, TimeUnit.SECONDS.toNanos(sending.coldSeconds()));
    Moment last = Moment.lastUntil(all, costs.ackedNanos);
    if (first != null && last != null && first.nanos() < last.nanos()) {
      line(
          out,
          "· once warm",
          "acknowledged %,.0f, applied %,.0f messages/s from second %.0f to %.0f",
          last.ackedSince(first),
          last.appliedSince(first),
          first.seconds(),
          last.seconds());
    }
    line(out, "· once warm", "%s", percentiles(latencies.warm));
  }

  private static String percentiles(AbstractHistogram micros) {
    return String.format(
        Locale.ROOT,
        "p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, max %.1f ms",
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getValueAtPercentile(99.9) / 1e3,
        micros.getMaxValue() / 1e3);
  }

  private double perSecond(long nanos) {
    return outcomes.sent * 1e9 / nanos;
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  private static void line(PrintStream out, String name, String format, Object... values) {
    out.printf(Locale.ROOT, "%-16s %s%n", name, String.format(Locale.ROOT, format, values));
  }
}
