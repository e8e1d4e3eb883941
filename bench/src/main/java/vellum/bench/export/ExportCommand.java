package vellum.bench.export;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vellum.bench.option.Bounds;
import vellum.bench.process.Usage;
import vellum.bench.process.WorkDirectory;
import vellum.ingest.client.ClientConfig;
import vellum.ingest.client.ClientException;
import vellum.ingest.client.ClientPorts;
import vellum.ingest.client.Outcome;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.export.ExportQuestion;
import vellum.ingest.export.ExportRun;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeConfig;
import vellum.v1.RejectionCode;

/** Fills a node, then exports its records in every format, several times. */
@Command(
    name = "export",
    header = "Rows a second of exports.",
    description = {
      "Fills a node in this process with records of ten days, then exports them as CSV, NDJSON and"
          + " Parquet through its HTTP server into files: rows a second, from the first request to"
          + " the manifest.",
      "Needs about 3 KiB of disk for each record. Give it -Xmx2g in VELLUM_JAVA_OPTS."
    },
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {

  private static final int DAYS = 10;
  private static final int MOST_RUNS = 1_000;
  private static final long BYTES_EACH = 3 << 10;
  private static final List<String> FORMATS = List.of("csv", "ndjson", "parquet");
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final double MIB = 1 << 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--records",
      defaultValue = "2000000",
      description = "Records to export (default: ${DEFAULT-VALUE}).")
  private long records = 2_000_000;

  @Option(
      names = "--seed",
      defaultValue = "7",
      description = "Seed of the traffic (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "Exports of each format; the first ones warm up (default: ${DEFAULT-VALUE}).")
  private int runs = 3;

  @Option(
      names = "--formats",
      split = ",",
      defaultValue = "csv,ndjson,parquet",
      description = "Formats, in this order (default: ${DEFAULT-VALUE}).")
  private List<String> formats = FORMATS;

  @Option(names = "--dir", description = "Where to keep the data (default: a new temporary one).")
  private @Nullable Path dir;

  @Override
  public Integer call() throws IOException {
    Bounds bounds = new Bounds(spec).records(records).within("--runs", runs, 1, MOST_RUNS);
    formats.forEach(format -> bounds.oneOf("--formats", format, FORMATS));
    bounds.directory("--dir", dir).room(dir, records, BYTES_EACH);
    try (WorkDirectory work = WorkDirectory.of(dir)) {
      measure(work.path());
    }
    return 0;
  }

  private void measure(Path work) throws IOException {
    Path data = work.resolve("data");
    NodeConfig config = NodeConfig.defaults().withData(data).withPorts(0, 0);
    Instant now = Instant.now().truncatedTo(ChronoUnit.DAYS);
    try (Node node = Node.open(config, InstantSource.system())) {
      ServerCalls calls = new ServerCalls(Endpoint.of(data));
      if (calls.get("/v1/records/count").path("records").asLong() == 0) {
        fill(node, now);
      }
      System.out.println(calls.get("/v1/records/count").path("records").asLong() + " records");
      for (String format : formats) {
        for (int run = 1; run <= runs; run++) {
          export(calls, work.resolve("out"), now, format);
        }
      }
    }
  }

  private void fill(Node node, Instant now) {
    AtomicLong refused = new AtomicLong();
    ClientConfig config =
        ClientConfig.of("127.0.0.1", node.tcpAddress().getPort(), "bench", "export", 1);
    TrafficGenerator traffic =
        new TrafficGenerator(
            GeneratorOptions.of(seed, records, now.minus(Duration.ofDays(DAYS)), now)
                .withShares(0, 0, 0));
    long start = System.nanoTime();
    try (VellumClient client =
        VellumClient.open(
            config,
            ClientPorts.of(node::token, new SecureRandom(), work -> new Thread(work, "client")))) {
      while (traffic.next()) {
        client.send(traffic.record(), new Refusals(refused));
      }
      client.flush(PATIENCE);
    }
    if (refused.get() > 0) {
      throw new IllegalStateException(refused.get() + " messages were not taken");
    }
    System.err.printf(Locale.ROOT, "filled in %.0f s%n", (System.nanoTime() - start) / 1e9);
  }

  private static void export(ServerCalls calls, Path out, Instant now, String format)
      throws IOException {
    LocalDate to = now.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(2);
    ExportQuestion question = ExportQuestion.records(to.minusDays(DAYS + 4), to, "", format, 0);
    long cpu = Usage.ownCpuNanos();
    long start = System.nanoTime();
    ExportRun.Made made =
        new ExportRun(calls, question, out, (permille, rows) -> {})
            .make(ExportRun.Existing.RESTART);
    double seconds = (System.nanoTime() - start) / 1e9;
    long rows = made.totals().rows();
    System.out.printf(
        Locale.ROOT,
        "%-8s %,d rows in %.1f s: %,.0f rows/s, %.0f MiB/s, %d files, %.0f bytes a row, %.2f us CPU"
            + " a row, heap %d MiB%n",
        format,
        rows,
        seconds,
        rows / seconds,
        made.bytes() / MIB / seconds,
        made.files(),
        (double) made.bytes() / rows,
        (Usage.ownCpuNanos() - cpu) / 1e3 / rows,
        (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
  }

  /** Counts what was not taken. */
  private record Refusals(AtomicLong count) implements Outcome {
    @Override
    public void taken(long sequence) {}

    @Override
    public void rejected(long sequence, RejectionCode code, String reason) {
      count.incrementAndGet();
    }

    @Override
    public void failed(ClientException cause) {
      count.incrementAndGet();
    }
  }
}
