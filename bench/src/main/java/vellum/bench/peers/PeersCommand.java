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
import vellum.core.disk.RealDisk;
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
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PeersCommand implements Callable<Integer> {

  private static final int LEAST_RECORDS = 10_000;
  private static final int INTERRUPTED = 130;
  private static final String PREFIX = "vellum-peers";

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--records",
      defaultValue = "1000000",
      description =
          "Distinct records of the loads, at least 10,000; half as many are loaded before, as the"
              + " eleven months' history.")
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
      description = "How often each is measured, in turns.")
  private int rounds = 3;

  @Option(
      names = "--work",
      split = ",",
      description = "W1 to W7 (default: all). W1 is done in any case: others need its records.")
  private List<Work> works = new ArrayList<>();

  @Option(
      names = "--rate",
      defaultValue = "5000",
      description = "Records a second that come while questions are asked (W2).")
  private int rate = 5_000;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "How long questions are asked (W2).")
  private int seconds = 10;

  @Option(
      names = "--limit",
      defaultValue = "60",
      description = "Minutes after which a work is given up.")
  private int limit = 60;

  @Option(names = "--seed", defaultValue = "7", description = "Seed of the traffic.")
  private long seed = 7;

  @Option(
      names = "--out",
      description = "Where to write peers.txt and peers.csv, all rounds (bench/results/<date>).")
  private @Nullable Path out;

  @Option(
      names = "--dir",
      description =
          "Where to make a directory to work in, in which logs stay (default: among the temporary"
              + " ones, nothing stays).")
  private @Nullable Path dir;

  /** Whether this process is being ended. */
  private volatile boolean isEnding;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    Path work = workDirectory();
    Path traffic = work.resolve("traffic");
    Thread cleaning = new Thread(() -> clean(work, traffic), "clean");
    Runtime.getRuntime().addShutdownHook(cleaning);
    System.err.println("making traffic of " + records + " records ...");
    new TrafficMaker(traffic, records, seed).make(Duration.ofSeconds(seconds), rate);
    EnumSet<Work> chosen = EnumSet.of(Work.W1);
    chosen.addAll(works.isEmpty() ? EnumSet.allOf(Work.class) : works);
    Trial.Plan plan = new Trial.Plan(traffic, chosen, rate, Duration.ofMinutes(limit));
    PeersReport report;
    try {
      report = new PeersRun(kinds(), plan, PeerJars.here(), work).run(rounds);
    } catch (IOException | RuntimeException e) {
      if (isEnding) {
        // Stopped from outside, which took away what this was waiting for.
        return INTERRUPTED;
      }
      throw e;
    }
    report.print(System.out, new Paint(false));
    if (out != null) {
      Files.createDirectories(out);
      Files.write(out.resolve("peers.txt"), bytes(to -> report.print(to, new Paint(false))));
      Files.write(out.resolve("peers.csv"), bytes(report::printCsv));
    }
    return report.isComplete() ? 0 : 1;
  }

  /**
   * A new directory, in the given one or among the temporary ones: what is deleted at the end was
   * made here. A peer that runs as another user can reach it.
   */
  private Path workDirectory() throws IOException {
    Path made =
        dir == null
            ? Files.createTempDirectory(PREFIX)
            : Files.createTempDirectory(Files.createDirectories(dir).toAbsolutePath(), PREFIX);
    return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx--x--x"));
  }

  private void check() {
    if (records < LEAST_RECORDS || rounds < 1 || rate < 1 || seconds < 1 || limit < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--records must be at least " + LEAST_RECORDS + ", the other figures at least 1");
    }
    kinds();
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

  /** Whatever way this process ends. */
  private void clean(Path work, Path traffic) {
    isEnding = true;
    PeerProcess.killAll();
    RealDisk disk = new RealDisk();
    try {
      disk.deleteTree(traffic);
      for (PeerKind kind : PeerKind.values()) {
        for (int round = 1; round <= rounds; round++) {
          disk.deleteTree(work.resolve(kind.option() + "-" + round));
        }
      }
      if (dir == null) {
        disk.deleteTree(work);
      }
    } catch (IOException e) {
      System.err.println("not all files of " + work + " could be deleted: " + e.getMessage());
    }
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
