package vellum.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vellum.bench.option.Bounds;
import vellum.bench.process.WorkDirectory;
import vellum.ingest.demo.GeneratorOptions;

/** Look-ups and totals of a real server: while it is idle, and while it takes traffic. */
@Command(
    name = "lookups",
    header = "Look-ups and totals, idle and beside traffic.",
    description = {
      "Fills a server with --records, then asks it at a fixed rate for records by id, by account",
      "and hour, by number, and for totals: first while nothing else goes on, then beside traffic",
      "at 50 and 90 %% of what was applied a second. An answer has all that was acknowledged before",
      "its question. Ten seconds of questions that do not count go before; a round ends at twice its",
      "seconds, and what was not asked by then is counted."
    },
    footer = {"", "Example:", "  vellum bench lookups --records 2000000 --seconds 20"},
    mixinStandardHelpOptions = true)
public final class LookupCommand implements Callable<Integer> {

  private static final int[] PERCENTS = {0, 50, 90};
  private static final int PERCENT = 100;
  private static final int WARM_SECONDS = 10;
  private static final int MOST_SECONDS = 86_400;
  private static final int MOST_QUESTIONS = 100_000;
  private static final long ENDLESS = 1_000_000_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private TrafficOptions traffic = new TrafficOptions();

  @Mixin private SendingOptions options = new SendingOptions();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "How long each round of questions lasts (default: ${DEFAULT-VALUE}).")
  private int seconds = 20;

  @Option(
      names = "--questions",
      paramLabel = "N",
      defaultValue = "20",
      description = "Questions a second of each of the four kinds (default: ${DEFAULT-VALUE}).")
  private int questions = 20;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where to keep traffic and data (default: a new temporary one).")
  private @Nullable Path dir;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    boolean complete = true;
    try (WorkDirectory work = WorkDirectory.of(dir)) {
      Path file = work.path().resolve("traffic");
      TrafficFile.Content content = traffic.write(file);
      try (ServerProcess server =
          ServerProcess.start(work.path().resolve("data"), options.settings())) {
        double applied = fill(server, file, content);
        try (Traffic sampled = new TrafficFile.Reader(file)) {
          round(server, Samples.of(sampled, content.messages(), 0), WARM_SECONDS);
        }
        for (int percent : PERCENTS) {
          Samples samples;
          try (Traffic sampled = new TrafficFile.Reader(file)) {
            samples = Samples.of(sampled, content.messages(), percent);
          }
          complete &= ask(server, samples, (long) (applied * percent / PERCENT));
        }
      }
    }
    return complete ? 0 : 1;
  }

  private void check() throws IOException {
    Bounds bounds = new Bounds(spec);
    traffic.check(bounds);
    options.check(bounds);
    bounds
        .within("--seconds", seconds, 1, MOST_SECONDS)
        .within("--questions", questions, 1, MOST_QUESTIONS)
        .directory("--dir", dir)
        .room(dir, traffic.records, TrafficOptions.BYTES_EACH);
  }

  private double fill(ServerProcess server, Path file, TrafficFile.Content content)
      throws IOException, InterruptedException {
    try (Traffic all = new TrafficFile.Reader(file)) {
      LoadReport report = new LoadRun(server, options.sending()).run(all, content);
      double applied = report.costs().appliedPerSecond(content.messages());
      System.out.printf("%,d records filled at %,.0f messages/s%n", content.records(), applied);
      return applied;
    }
  }

  /** Whether every question was answered. */
  private boolean ask(ServerProcess server, Samples samples, long rate)
      throws IOException, InterruptedException {
    System.out.printf("%n%s%n", rate == 0 ? "idle" : String.format("beside %,d messages/s", rate));
    Background background = rate == 0 ? null : beside(server, rate);
    List<Questions> all = round(server, samples, seconds);
    if (background != null) {
      background.end();
    }
    System.out.println(Questions.header());
    all.forEach(asked -> System.out.println(asked.line()));
    return all.stream().allMatch(Questions::isAnswered);
  }

  private List<Questions> round(ServerProcess server, Samples samples, int howLong)
      throws InterruptedException {
    List<Questions> all = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (Questions.Kind kind : Questions.Kind.values()) {
      Questions asking =
          new Questions(kind, Questions.of(server), samples.forThread(), howLong, questions);
      all.add(asking);
      threads.add(new Thread(asking, kind.name()));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    return all;
  }

  private Background beside(ServerProcess server, long rate) {
    GeneratorOptions more =
        GeneratorOptions.of(
                traffic.seed + rate, ENDLESS, traffic.traffic().from(), traffic.traffic().until())
            .withShares(0, 0, traffic.aspects);
    return Background.start(
        new Sender(server, options.burst().at(rate), () -> 0),
        new TrafficStream(more, traffic.form()));
  }
}
