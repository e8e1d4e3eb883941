package vellum.bench.load;

import java.io.IOException;
import java.nio.file.Path;
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

/** Sustained ingest against a real server: what is acknowledged, applied, and what it costs. */
@Command(
    name = "load",
    header = "Sustained ingest, bursts and fixed rates.",
    description = {
      "Starts a server in a process of its own, streams generated traffic to it over loopback, and",
      "prints records acknowledged and applied each second, ack latency, CPU, memory, what was",
      "written to the disk, and pauses of the garbage collector; with --then the same again at",
      "parts of that rate. Messages are made before the run. Needs about 1 KB of disk a record."
    },
    footer = {
      "",
      "Examples:",
      "  vellum bench load --records 5000000 --aspects 0",
      "  vellum bench load --records 4000000 --burst",
      "  vellum bench load --records 4000000 --aspects 0 --small",
      "  vellum bench load --records 5000000 --then 50,90 --csv seconds.csv"
    },
    mixinStandardHelpOptions = true)
public final class LoadCommand implements Callable<Integer> {

  private static final int PERCENT = 100;
  private static final int MOST_PERCENT = 1_000;
  private static final int MOST_SECONDS = 86_400;
  private static final String TRAFFIC = "traffic";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private TrafficOptions traffic = new TrafficOptions();

  @Mixin private SendingOptions options = new SendingOptions();

  @Option(
      names = "--burst",
      description =
          "Do not wait for the applier: send as fast as acks allow. Otherwise the sender keeps within"
              + " --lag messages of it.")
  private boolean burst;

  @Option(
      names = "--cold",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description =
          "Seconds after which the server is taken for warm: what is measured from then on is told"
              + " apart (default: ${DEFAULT-VALUE}).")
  private int cold = 20;

  @Option(
      names = "--then",
      paramLabel = "PERCENT",
      split = ",",
      description =
          "Then send the same to a new server at so many percent of what was applied a second: 50,90.")
  private List<Integer> then = List.of();

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write each second of the first run to this file.")
  private @Nullable Path csv;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where to keep traffic and data (default: a new temporary one).")
  private @Nullable Path dir;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    try (WorkDirectory work = WorkDirectory.of(dir)) {
      TrafficFile.Content content = traffic.write(work.path().resolve(TRAFFIC));
      Sender.Sending sending = (burst ? options.burst() : options.sending()).coldFor(cold);
      LoadReport first = run(work, "data", content, sending);
      if (csv != null) {
        first.timeline().writeCsv(csv);
      }
      boolean complete = first.isComplete();
      double applied = first.costs().appliedPerSecond(content.messages());
      for (int percent : then) {
        System.out.printf("%n%d %% of what was applied%n", percent);
        long rate = Math.max(1, (long) (applied * percent / PERCENT));
        complete &= run(work, "data-" + percent, content, sending.at(rate)).isComplete();
      }
      return complete ? 0 : 1;
    }
  }

  private void check() throws IOException {
    Bounds bounds = new Bounds(spec);
    traffic.check(bounds);
    options.check(bounds);
    bounds.within("--cold", cold, 0, MOST_SECONDS);
    then.forEach(percent -> bounds.within("--then", percent, 1, MOST_PERCENT));
    bounds
        .file("--csv", csv)
        .directory("--dir", dir)
        // What lies in a directory of the user's stays: each run's data.
        .room(
            dir, traffic.records * (dir == null ? 1 : 1 + then.size()), TrafficOptions.BYTES_EACH);
  }

  private LoadReport run(
      WorkDirectory work, String name, TrafficFile.Content content, Sender.Sending sending)
      throws IOException, InterruptedException {
    Path data = work.path().resolve(name);
    LoadReport report;
    try (ServerProcess server = ServerProcess.start(data, options.settings());
        TrafficFile.Reader reader = new TrafficFile.Reader(work.path().resolve(TRAFFIC))) {
      report = new LoadRun(server, sending).run(reader, content);
      report.print(System.out);
    }
    work.drop(data);
    return report;
  }
}
