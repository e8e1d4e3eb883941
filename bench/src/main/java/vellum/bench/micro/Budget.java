package vellum.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vellum.ingest.terminal.Table;

/**
 * What each step of the hot path costs a record, what it would cost at best, and what the steps
 * come to beside the whole. Steps that were not measured are left out. Immutable.
 */
final class Budget {

  private final Map<String, Measured> measured;
  private final List<Step> steps = new ArrayList<>();
  private final int missing;

  Budget(Map<String, Measured> measured, List<Step> steps) {
    this.measured = Map.copyOf(measured);
    int absent = 0;
    for (Step step : steps) {
      if (measured.containsKey(step.benchmark())) {
        this.steps.add(step);
      } else if (step.kind() == Step.Kind.STEP) {
        absent++;
      }
    }
    this.missing = absent;
  }

  /** How many of the steps were not measured, so that the sum lacks them. */
  int missing() {
    return missing;
  }

  /** What a step costs a record. */
  Measured of(Step step) {
    return measured.getOrDefault(step.benchmark(), Measured.NONE).times(step.times());
  }

  /** What the steps cost a record in sum. */
  Measured sum() {
    Measured sum = Measured.NONE;
    for (Step step : steps) {
      if (step.kind() == Step.Kind.STEP) {
        sum = sum.plus(of(step));
      }
    }
    return sum;
  }

  /** What the machine does at best; where it was not measured, steps have no limit. */
  private Work.Limits limits() {
    return new Work.Limits(
        cpu("LimitBenchmark.aesBlocks"),
        cpu("LimitBenchmark.aesChained"),
        cpu("LimitBenchmark.copy"),
        cpu("LimitBenchmark.crc"),
        measured.getOrDefault("LimitBenchmark.disk", Measured.UNKNOWN).nanos());
  }

  private double cpu(String benchmark) {
    return measured.getOrDefault(benchmark, Measured.UNKNOWN).cpuNanos();
  }

  /** A row for each step, and their sum before the whole. */
  Table table() {
    Table table =
        new Table("a record", ">CPU ns", ">elapsed ns", ">bytes allocated", ">at best ns");
    boolean summed = false;
    for (Step step : steps) {
      if (!summed && step.kind() != Step.Kind.STEP && step.kind() != Step.Kind.PART) {
        row(table, "sum of the steps", sum(), best());
        summed = true;
      }
      String indent = step.kind() == Step.Kind.PART ? "  of it: " : "";
      row(table, indent + step.name(), of(step), step.least().nanos(limits()));
    }
    if (!summed) {
      row(table, "sum of the steps", sum(), best());
    }
    return table;
  }

  private double best() {
    Work.Limits limits = limits();
    return steps.stream()
        .filter(step -> step.kind() == Step.Kind.STEP)
        .mapToDouble(step -> step.least().nanos(limits))
        .sum();
  }

  private static void row(Table table, String name, Measured cost, double best) {
    table.row(
        name,
        figure(cost.cpuNanos()),
        figure(cost.nanos()),
        figure(cost.bytes()),
        best > 0 ? figure(best) : "");
  }

  private static String figure(double value) {
    return Double.isNaN(value)
        ? ""
        : String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
  }
}
