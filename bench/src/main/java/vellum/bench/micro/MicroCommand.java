package vellum.bench.micro;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vellum.bench.option.Bounds;
import vellum.bench.process.Ending;
import vellum.ingest.terminal.Paint;

/** Runs the JMH benchmarks and prints the budget that they come to. */
@Command(
    name = "micro",
    header = "Steps of the hot path under JMH, and their budget.",
    description = {
      "Steps of the hot path under JMH, and the budget they come to: CPU time, time and bytes",
      "allocated for each record, and what the machine would need at best. All of them take about",
      "ten minutes; steps that a name leaves out are not in the budget."
    },
    footer = {
      "",
      "Examples:",
      "  vellum bench micro",
      "  vellum bench micro \"Seal.*\" --iterations 10"
    },
    mixinStandardHelpOptions = true)
public final class MicroCommand implements Callable<Integer> {

  private static final int MOST = 1_000;
  private static final int ENDS_WITHIN_SECONDS = 10;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      defaultValue = ".*",
      description = "Regular expression over names of benchmarks, such as Seal.* (default: all).")
  private String include = ".*";

  @Option(
      names = "--forks",
      defaultValue = "1",
      description = "JVMs, one after the other (default: ${DEFAULT-VALUE}).")
  private int forks = 1;

  @Option(
      names = "--warmups",
      defaultValue = "3",
      description =
          "Seconds, or rounds of those that count records, before it is measured (default: ${DEFAULT-VALUE}).")
  private int warmups = 3;

  @Option(
      names = "--iterations",
      defaultValue = "3",
      description = "Measured seconds or rounds in each JVM (default: ${DEFAULT-VALUE}).")
  private int iterations = 3;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws RunnerException {
    new Bounds(spec)
        .within("--forks", forks, 1, MOST)
        .within("--warmups", warmups, 0, MOST)
        .within("--iterations", iterations, 1, MOST);
    Ending.kills(this, MicroCommand::endForks);
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("vellum\\.bench\\.micro\\." + include)
                    .forks(forks)
                    .warmupIterations(warmups)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(iterations)
                    .measurementTime(TimeValue.seconds(1))
                    .addProfiler(GCProfiler.class)
                    .addProfiler(CpuProfiler.class)
                    // A thread that waits for its compiler is warm after fewer calls.
                    .jvmArgsAppend("-XX:-BackgroundCompilation", "-Xmx3g")
                    .build())
            .run();
    Map<String, Measured> measured = Measured.of(results);
    Budget budget = new Budget(measured, Step.ofRecords(Density.ofTraffic()));
    out.println();
    budget.table().print(out, new Paint(false));
    if (budget.missing() > 0) {
      out.println(budget.missing() + " steps were not measured and are not in the sum.");
    }
    return 0;
  }

  /** JVMs that JMH has started would go on alone; told to end, they delete their files. */
  private static void endForks() {
    for (ProcessHandle fork : ProcessHandle.current().children().toList()) {
      fork.destroy();
      fork.onExit().orTimeout(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS).handle((f, e) -> f).join();
      fork.destroyForcibly();
    }
  }
}
