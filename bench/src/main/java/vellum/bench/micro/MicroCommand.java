package vellum.bench.micro;

import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the JMH benchmarks. */
@Command(
    name = "micro",
    description = "Steps of the hot path under JMH: time and bytes allocated for each record.",
    mixinStandardHelpOptions = true)
public final class MicroCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      defaultValue = ".*",
      description = "Regular expression over names of benchmarks (default: all).")
  private String include = ".*";

  @Option(names = "--forks", defaultValue = "1", description = "JVMs, one after the other.")
  private int forks = 1;

  @Option(names = "--iterations", defaultValue = "5", description = "Measured seconds in each.")
  private int iterations = 5;

  @Override
  public Integer call() throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("vellum\\.bench\\.micro\\." + include)
            .forks(forks)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class);
    new Runner(options.build()).run();
    return 0;
  }
}
