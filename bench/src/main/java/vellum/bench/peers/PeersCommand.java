package vellum.bench.peers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vellum.bench.option.Bounds;
import vellum.bench.process.WorkDirectory;
import vellum.ingest.terminal.Paint;

/** Vellum beside what a user would pick instead, doing the same work. */
@Command(
    name = "peers",
    header = "The same records and work done by Vellum and by others.",
    description = {
      "Starts one peer after the other on loopback, each told to keep to 2 GiB of memory, gives it the"
          + " same records and the same work, checks its answers, and prints medians, spread, and"
          + " how many times as good Vellum is.",
      "The first run fetches the peers' jars with Maven (bench/peers); PostgreSQL must be installed"
          + " (Debian: postgresql-15). Needs about 3 KiB of disk for each record.",
      "Stops what it started, and deletes its files, also on Ctrl-C."
    },
    footer = {
      "",
      "Examples:",
      "  vellum bench peers --records 10000000 --out results",
      "  vellum bench peers --peers vellum,postgresql --work W1,W4 --rounds 1"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PeersCommand implements Callable<Integer> {

  private static final int LEAST_RECORDS = 10_000;
  private static final int MOST_ROUNDS = 1_000;
  private static final int MOST_RATE = 10_000_000;
  private static final int MOST_SECONDS = 86_400;
  private static final int MOST_MINUTES = 7 * 24 * 60;
  private static final long BYTES_EACH = 3 << 10;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--records",
      defaultValue = "1000000",
      description =
          "Distinct records of the loads, at least 10,000; half as many are loaded before, as the"
              + " eleven months' history (default: ${DEFAULT-VALUE}).")
  private long records = 1_000_000;

  @Option(
      names = "--peers",
      split = ",",
      description =
          "Which: vellum, postgresql, kafka, kafka-forced, questdb, kafka-cassandra (default: all).")
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "How often each is measured, in turns (default: ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(
      names = "--work",
      split = ",",
      description = "W1 to W7 (default: all). W1 is done in any case: others need its records.")
  private List<Work> works = new ArrayList<>();

  @Option(
      names = "--rate",
      defaultValue = "5000",
      description =
          "Records a second that come while questions are asked (W2) (default: ${DEFAULT-VALUE}).")
  private int rate = 5_000;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "How long questions are asked (W2) (default: ${DEFAULT-VALUE}).")
  private int seconds = 10;

  @Option(
      names = "--limit",
      defaultValue = "60",
      description = "Minutes after which a work is given up (default: ${DEFAULT-VALUE}).")
  private int limit = 60;

  @Option(
      names = "--seed",
      defaultValue = "7",
      description = "Seed of the traffic (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Directory that peers.txt and peers.csv (all rounds) are written to; made if need be. Without it"
              + " they are not written.")
  private @Nullable Path out;

  @Option(
      names = "--dir",
      description =
          "Where to make a directory to work in, in which logs stay (default: among the temporary"
              + " ones, nothing stays).")
  private @Nullable Path dir;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    try (WorkDirectory work = WorkDirectory.in(dir)) {
      // A peer that runs as another user can reach its files.
      Files.setPosixFilePermissions(work.path(), PosixFilePermissions.fromString("rwx--x--x"));
      PeersReport report = measure(work.path());
      report.print(System.out, new Paint(false));
      if (out != null) {
        Files.write(out.resolve("peers.txt"), bytes(to -> report.print(to, new Paint(false))));
        Files.write(out.resolve("peers.csv"), bytes(report::printCsv));
      }
      return report.isComplete() ? 0 : 1;
    }
  }

  private PeersReport measure(Path work) throws IOException, InterruptedException {
    Path traffic = work.resolve("traffic");
    System.err.println("making traffic of " + records + " records ...");
    new TrafficMaker(traffic, records, seed).make(Duration.ofSeconds(seconds), rate);
    EnumSet<Work> chosen = EnumSet.of(Work.W1);
    chosen.addAll(works.isEmpty() ? EnumSet.allOf(Work.class) : works);
    Trial.Plan plan = new Trial.Plan(traffic, chosen, rate, Duration.ofMinutes(limit));
    return new PeersRun(kinds(), plan, PeerJars.here(), work).run(rounds);
  }

  private void check() throws IOException {
    kinds();
    new Bounds(spec)
        .within("--records", records, LEAST_RECORDS, Bounds.MOST_RECORDS)
        .within("--rounds", rounds, 1, MOST_ROUNDS)
        .within("--rate", rate, 1, MOST_RATE)
        .within("--seconds", seconds, 1, MOST_SECONDS)
        .within("--limit", limit, 1, MOST_MINUTES)
        .directory("--dir", dir)
        .room(dir, records, BYTES_EACH)
        .made("--out", out);
  }

  private List<PeerKind> kinds() {
    List<PeerKind> kinds = new ArrayList<>();
    for (PeerKind kind : PeerKind.values()) {
      if (peers.isEmpty() || peers.contains(kind.option())) {
        kinds.add(kind);
      }
    }
    for (String name : peers) {
      if (kinds.stream().noneMatch(kind -> kind.option().equals(name))) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "no peer is called "
                + name
                + "; there are "
                + String.join(
                    ", ", List.of(PeerKind.values()).stream().map(PeerKind::option).toList()));
      }
    }
    return kinds;
  }

  /** Prints something. */
  @FunctionalInterface
  private interface Printing {
    void to(PrintStream out);
  }

  private static byte[] bytes(Printing printing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream to = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      printing.to(to);
    }
    return bytes.toByteArray();
  }
}
