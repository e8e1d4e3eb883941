package vellum.bench.strip;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one run. Times of stages are the node's own; the half of the rewriting is what the
 * watch saw of its progress, to 50 ms.
 */
final class StripReport {

  private static final double NANOS = 1e9;
  private static final String RECORD_CPU = "us a record";
  private static final double MEGA = 1e6;
  private static final List<String> STAGES =
      List.of(
          "KEY_DESTROYED", "DRAINED", "REWRITING", "VERIFIED", "SWITCHED", "REMOVED", "ARCHIVED");

  private final StripRun.Plan plan;
  private final StripRun.Filled filled;
  private final Ends ends;
  private final List<Watch.Sample> samples;
  private final long archiveBytes;
  private final long recordsLeft;
  private final List<Figure> figures = new ArrayList<>();

  /**
   * When what happened.
   *
   * @param deadline in monotonic nanoseconds
   * @param gone when a look-up was answered that no longer showed identities
   * @param at the deadline by the node's clock
   * @param finished whether the month was archived
   */
  record Ends(long deadline, long gone, Instant at, boolean finished) {}

  private record Figure(String name, double value, String unit) {}

  StripReport(
      StripRun.Plan plan,
      StripRun.Filled filled,
      Ends ends,
      List<Watch.Sample> samples,
      long archiveBytes,
      long recordsLeft) {
    this.plan = plan;
    this.filled = filled;
    this.ends = ends;
    this.samples = samples;
    this.archiveBytes = archiveBytes;
    this.recordsLeft = recordsLeft;
    month();
    stages();
    rewriting();
    resources();
    if (plan.ingestSeconds() > 0) {
      ingest();
    }
  }

  /** Whether every record that was sent is in the archive. */
  boolean isComplete() {
    return filled.records() == plan.records()
        && recordsLeft == plan.records()
        && (ends.finished || plan.ingestSeconds() > 0);
  }

  private void month() {
    add("records", (double) filled.records(), "");
    add("filling", filled.records() * NANOS / filled.nanos(), "records/s");
  }

  private void stages() {
    add(
        "identities gone, as looked up",
        seconds(ends.gone - ends.deadline),
        "s after the deadline");
    for (String stage : STAGES) {
      samples.stream()
          .filter(sample -> sample.stage().equals(stage))
          .findFirst()
          .ifPresent(
              sample ->
                  add(
                      stage,
                      Duration.between(ends.at, sample.since()).toMillis() / 1e3,
                      "s after the deadline"));
    }
  }

  /** Rewriting is the first half of the progress, reading back the second. */
  private void rewriting() {
    Watch.Sample from = first(sample -> sample.stage().equals("REWRITING"));
    Watch.Sample half = first(sample -> sample.progress() >= 0.5 || after(sample));
    Watch.Sample end = first(this::after);
    if (from == null || half == null) {
      return;
    }
    double live = from.periodBytes();
    add("live month", live / filled.records(), "bytes a record");
    double rewriting = seconds(half.nanos() - from.nanos());
    add("rewriting", filled.records() / rewriting, "records/s");
    add("rewriting, live month read", live / MEGA / rewriting, "MB/s");
    add("rewriting, CPU of the worker", cpu(from, half, Watch.Sample::workerCpuNanos), RECORD_CPU);
    add("rewriting, CPU of the packer", cpu(from, half, Watch.Sample::writerCpuNanos), RECORD_CPU);
    add(
        "rewriting, CPU of the process",
        (half.cpuNanos() - from.cpuNanos()) / 1e3 / filled.records(),
        RECORD_CPU);
    if (end != null) {
      add("reading back", filled.records() / seconds(end.nanos() - half.nanos()), "records/s");
      add(
          "reading back, CPU of the worker",
          cpu(half, end, Watch.Sample::workerCpuNanos),
          RECORD_CPU);
      add("archive", (double) archiveBytes / filled.records(), "bytes a record");
    }
  }

  private boolean after(Watch.Sample sample) {
    return STAGES.indexOf(sample.stage()) > STAGES.indexOf("REWRITING");
  }

  private double cpu(Watch.Sample from, Watch.Sample to, ToLongFunction<Watch.Sample> thread) {
    return (thread.applyAsLong(to) - thread.applyAsLong(from)) / 1e3 / filled.records();
  }

  private void resources() {
    List<Watch.Sample> strip =
        samples.stream().filter(sample -> sample.nanos() - ends.deadline >= 0).toList();
    List<Watch.Sample> before =
        samples.stream().filter(sample -> sample.nanos() - ends.deadline < 0).toList();
    add("memory, anonymous", max(strip, Watch.Sample::residentBytes) / MEGA, "MB at most");
    add("heap used", max(strip, Watch.Sample::heapBytes) / MEGA, "MB at most");
    if (!before.isEmpty() && plan.ingestSeconds() == 0) {
      long then = before.get(before.size() - 1).dataBytes();
      add(
          "disk, above that at the deadline",
          (max(strip, Watch.Sample::dataBytes) - then) / MEGA,
          "MB at most");
    }
  }

  private void ingest() {
    long window = Duration.ofSeconds(plan.ingestSeconds()).toNanos();
    List<Watch.Sample> before =
        samples.stream()
            .filter(s -> s.nanos() - ends.deadline < 0 && ends.deadline - s.nanos() <= window)
            .toList();
    List<Watch.Sample> during =
        samples.stream().filter(sample -> sample.stage().equals("REWRITING")).toList();
    List<Watch.Sample> after =
        samples.stream().filter(sample -> sample.stage().equals("ARCHIVED")).toList();
    double base = rate(before, Watch.Sample::applied);
    add("ingest before", base, "applied/s");
    add("ingest during", rate(during, Watch.Sample::applied), "applied/s");
    if (ends.finished) {
      double later = rate(after, Watch.Sample::applied);
      add("ingest after", later, "applied/s");
      base = (base + later) / 2;
    }
    add("ingest kept", 100 * rate(during, Watch.Sample::applied) / base, "%");
    add("acknowledged before", rate(before, Watch.Sample::acked), "acks/s");
    add("acknowledged during", rate(during, Watch.Sample::acked), "acks/s");
    throttled(during);
  }

  private void throttled(List<Watch.Sample> during) {
    List<Watch.Sample> rows =
        during.stream().filter(s -> s.progress() >= 0 && s.progress() < 0.5).toList();
    if (rows.size() > 1) {
      Watch.Sample from = rows.get(0);
      Watch.Sample to = rows.get(rows.size() - 1);
      double share = 2 * (to.progress() - from.progress());
      double wall = seconds(to.nanos() - from.nanos());
      add("throttled rewriting", share * filled.records() / wall, "records/s");
      add("throttled rewriting, share of a core", 100 * seconds(busy(to) - busy(from)) / wall, "%");
    }
  }

  private static long busy(Watch.Sample sample) {
    return sample.workerCpuNanos() + sample.writerCpuNanos();
  }

  private static double rate(List<Watch.Sample> window, ToLongFunction<Watch.Sample> count) {
    if (window.size() < 2) {
      return 0;
    }
    Watch.Sample from = window.get(0);
    Watch.Sample to = window.get(window.size() - 1);
    return (count.applyAsLong(to) - count.applyAsLong(from)) / seconds(to.nanos() - from.nanos());
  }

  private static long max(List<Watch.Sample> window, ToLongFunction<Watch.Sample> value) {
    return window.stream().mapToLong(value).max().orElse(0);
  }

  private Watch.@Nullable Sample first(Predicate<Watch.Sample> wanted) {
    return samples.stream().filter(wanted).findFirst().orElse(null);
  }

  private static double seconds(long nanos) {
    return nanos / NANOS;
  }

  private void add(String name, double value, String unit) {
    figures.add(new Figure(name, value, unit));
  }

  void print(PrintStream out) {
    for (Figure figure : figures) {
      String format = Math.abs(figure.value) >= 1000 ? "%,.0f" : "%.2f";
      out.printf(
          Locale.ROOT,
          "%-36s %16s %s%n",
          figure.name,
          String.format(Locale.ROOT, format, figure.value),
          figure.unit);
    }
    out.println(
        isComplete() ? "complete: every record is there once" : "NOT COMPLETE: " + recordsLeft);
  }

  /** A line for each figure: name, value, unit. */
  String csv() {
    StringBuilder lines = new StringBuilder("name,value,unit\n");
    for (Figure figure : figures) {
      lines
          .append('"')
          .append(figure.name)
          .append("\",")
          .append(String.format(Locale.ROOT, "%.3f", figure.value))
          .append(',')
          .append(figure.unit)
          .append('\n');
    }
    return lines.toString();
  }
}
