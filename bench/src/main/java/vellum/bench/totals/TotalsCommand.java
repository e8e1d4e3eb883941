package vellum.bench.totals;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vellum.bench.option.Bounds;
import vellum.bench.process.WorkDirectory;
import vellum.core.record.DefaultCalendar;
import vellum.core.record.MonthCalendar;
import vellum.ingest.demo.GeneratorOptions;

/** What totals cost the applier, as a ratio within one run. */
@Command(
    name = "totals",
    header = "What totals cost the applier.",
    description = {
      "Applies the same generated traffic with totals and without, in turns, and prints what a",
      "message costs each time. One thread applies and flushes."
    },
    mixinStandardHelpOptions = true)
public final class TotalsCommand implements Callable<Integer> {

  private static final int MOST_ROUNDS = 1_000;
  private static final long BYTES_EACH = 1 << 10;
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--records",
      defaultValue = "400000",
      description = "Distinct records (default: ${DEFAULT-VALUE}).")
  private long records = 400_000;

  @Option(
      names = "--density",
      defaultValue = "2000000",
      description =
          "Records that start within a day: the fewer, the more cells for each (default: ${DEFAULT-VALUE}).")
  private long density = 2_000_000;

  @Option(
      names = "--aspects",
      defaultValue = "0",
      description =
          "Share of records whose later aspects come as messages of their own (default: ${DEFAULT-VALUE}).")
  private double aspects;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Turns; the first is not counted (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    new Bounds(spec)
        .records(records)
        .within("--density", density, 1, Bounds.MOST_RECORDS)
        .share("--aspects", aspects)
        .within("--rounds", rounds, 2, MOST_ROUNDS)
        .room(null, records, BYTES_EACH);
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      AppliedTraffic.Cost none = measure(new UncountedCalendar());
      AppliedTraffic.Cost totals = measure(new DefaultCalendar());
      print(
          "round %d: CPU a message without %.0f ns (last flush %.0f), with %.0f ns (%.0f), %,d cells",
          round,
          none.cpuNanos(),
          none.flushCpuNanos(),
          totals.cpuNanos(),
          totals.flushCpuNanos(),
          totals.cells());
      if (round > 0) {
        without.add(none.cpuNanos());
        with.add(totals.cpuNanos());
        ratios.add(totals.cpuNanos() / none.cpuNanos());
      }
    }
    print(
        "medians: without %.0f ns, with totals %.0f ns CPU a message: %+.1f %%",
        median(without), median(with), (median(with) / median(without) - 1) * 100);
    print("ratios of the rounds: %s", ratios.stream().map(TotalsCommand::percent).toList());
    return 0;
  }

  private AppliedTraffic.Cost measure(MonthCalendar calendar) throws IOException {
    Instant from = NOW.minus(Duration.ofSeconds(Math.max(1, records * 86_400 / density)));
    try (WorkDirectory work = WorkDirectory.temporary();
        AppliedTraffic traffic = new AppliedTraffic(work.path(), calendar, NOW)) {
      traffic.send(GeneratorOptions.of(7, records, from, NOW).withShares(0.01, 0.01, aspects));
      return traffic.apply();
    }
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, "%+.1f %%", (ratio - 1) * 100);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
