package vellum.bench.micro;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one operation of a benchmark took: medians over its iterations, so that one which was
 * disturbed, or in which something was opened or closed, does not count.
 *
 * @param cpuNanos of the measured thread
 * @param nanos that went by
 * @param bytes allocated
 */
record Measured(double cpuNanos, double nanos, double bytes) {

  static final Measured NONE = new Measured(0, 0, 0);
  static final Measured UNKNOWN = new Measured(Double.NaN, Double.NaN, Double.NaN);

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  Measured plus(Measured other) {
    return new Measured(cpuNanos + other.cpuNanos, nanos + other.nanos, bytes + other.bytes);
  }

  Measured times(double count) {
    return new Measured(cpuNanos * count, nanos * count, bytes * count);
  }

  /** All results by name: {@code JournalBenchmark.append:batch=16}. */
  static Map<String, Measured> of(Collection<RunResult> results) {
    Map<String, Measured> named = new TreeMap<>();
    for (RunResult result : results) {
      List<IterationResult> iterations = new ArrayList<>();
      for (BenchmarkResult fork : result.getBenchmarkResults()) {
        iterations.addAll(fork.getIterationResults());
      }
      named.put(
          name(result.getParams()),
          new Measured(
              median(iterations, iteration -> secondary(iteration, CpuProfiler.CPU)),
              median(iterations, iteration -> iteration.getPrimaryResult().getScore()),
              median(iterations, iteration -> secondary(iteration, ALLOCATED))));
    }
    return named;
  }

  private static String name(BenchmarkParams params) {
    String[] path = params.getBenchmark().split("\\.");
    StringBuilder name = new StringBuilder(path[path.length - 2] + '.' + path[path.length - 1]);
    char gap = ':';
    for (String key : params.getParamsKeys()) {
      name.append(gap).append(key).append('=').append(params.getParam(key));
      gap = ',';
    }
    return name.toString();
  }

  private static double secondary(IterationResult iteration, String name) {
    Result<?> result = iteration.getSecondaryResults().get(name);
    return result == null ? Double.NaN : result.getScore();
  }

  private static double median(
      List<IterationResult> iterations, ToDoubleFunction<IterationResult> value) {
    return median(iterations.stream().map(value::applyAsDouble).toList());
  }

  /** The middle value; of an even number of values the lower of the two; NaN of none. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) / 2);
  }
}
