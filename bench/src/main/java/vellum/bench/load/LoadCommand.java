package vellum.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vellum.core.disk.RealDisk;
import vellum.ingest.demo.GeneratorOptions;

/** Sustained ingest against a real server: what is acknowledged, applied, and what it costs. */
@Command(
    name = "load",
    description = {
      "Starts a server in a process of its own, streams generated traffic to it over loopback, and",
      "prints records acknowledged and applied each second, ack latency, CPU and bytes a record.",
      "Messages are made before the run. Needs about 400 bytes of disk for each record."
    },
    mixinStandardHelpOptions = true)
public final class LoadCommand implements Callable<Integer> {

  private static final int DAYS = 10;

  @Option(names = "--records", defaultValue = "2000000", description = "Distinct records.")
  private long records = 2_000_000;

  @Option(names = "--seed", defaultValue = "7", description = "Seed of the traffic.")
  private long seed = 7;

  @Option(
      names = "--aspects",
      defaultValue = "0.5",
      description = "Share of records whose delivery and rating come as later messages.")
  private double aspects = 0.5;

  @Option(
      names = "--burst",
      description =
          "Do not wait for the applier: send as fast as acks allow. Otherwise the sender keeps within"
              + " --lag messages of it.")
  private boolean burst;

  @Option(
      names = "--lag",
      defaultValue = "2000000",
      description = "Most messages sent and not yet applied, without --burst.")
  private long lag = 2_000_000;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "Messages a second to send at most; 0: as many as possible.")
  private long rate;

  @Option(names = "--ack", defaultValue = "disk", description = "disk or memory.")
  private String ack = "disk";

  @Option(names = "--streams", defaultValue = "2", description = "Parallel connections.")
  private int streams = 2;

  @Option(names = "--batch", defaultValue = "500", description = "Most records of a batch.")
  private int batch = 500;

  @Option(names = "--zstd", description = "Compress batches.")
  private boolean zstd;

  @Option(names = "--set", description = "A setting of the server; may be given often.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--dir",
      description = "Where to keep traffic and data (default: a new temporary one).")
  private @Nullable Path dir;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path work =
        dir == null ? Files.createTempDirectory("vellum-load") : Files.createDirectories(dir);
    try {
      Path traffic = work.resolve("traffic");
      Instant until = Instant.now().truncatedTo(ChronoUnit.HOURS);
      GeneratorOptions options =
          GeneratorOptions.of(seed, records, until.minus(Duration.ofDays(DAYS)), until)
              .withShares(0.01, 0.01, aspects);
      System.err.println("making traffic of " + records + " records ...");
      TrafficFile.Content content = TrafficFile.write(traffic, options);
      List<String> all = new ArrayList<>(settings);
      all.add("journal.ack=" + ack);
      try (ServerProcess server = ServerProcess.start(work.resolve("data"), all)) {
        LoadReport report = new LoadRun(server, sending()).run(traffic, content);
        report.print(System.out);
        return report.isComplete() ? 0 : 1;
      }
    } finally {
      if (dir == null) {
        new RealDisk().deleteTree(work);
      }
    }
  }

  private LoadRun.Sending sending() {
    return new LoadRun.Sending(streams, batch, zstd, burst ? Long.MAX_VALUE : lag, rate);
  }
}
