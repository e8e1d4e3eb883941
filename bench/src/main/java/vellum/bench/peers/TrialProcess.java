package vellum.bench.peers;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * A process that measures one peer in one round, with that peer's client on its class path: no
 * peer's run leaves anything in the next one's client, and no client library gets in another's way.
 */
final class TrialProcess {

  private static final String OUTCOMES = "outcomes";
  private static final String LACKS = "lacks";
  private static final String HEAP = "-Xmx1g";

  /** Exit codes of a JVM on SIGINT and SIGTERM. */
  private static final Set<Integer> ENDED_FROM_OUTSIDE = Set.of(130, 143);

  private TrialProcess() {}

  /**
   * Runs a peer's works in a process of its own, to the end.
   *
   * @param work a new directory, filled
   * @throws IOException when it takes longer than all works may together
   * @throws CancellationException when it did not end by itself, but by Ctrl-C or SIGTERM
   */
  static void run(PeerKind kind, Path work, Trial.Plan plan, PeerJars jars)
      throws IOException, InterruptedException {
    Files.createDirectories(work);
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> !argument.startsWith("-Xm"))
            .toList());
    StringBuilder classPath = new StringBuilder(System.getProperty("java.class.path"));
    kind.clientProjects().forEach(name -> classPath.append(':').append(jars.of(name)).append("/*"));
    // Peers bring loggers of their own.
    command.add("-Dslf4j.internal.verbosity=WARN");
    command.add("-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider");
    command.addAll(List.of(HEAP, "-cp", classPath.toString(), TrialProcess.class.getName()));
    command.addAll(
        List.of(
            kind.name(),
            work.toString(),
            plan.traffic().toString(),
            plan.works().stream().map(Work::name).collect(Collectors.joining(",")),
            Integer.toString(plan.rate()),
            Long.toString(plan.limit().toSeconds())));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (PeerProcess watched = PeerProcess.watched(process, work)) {
      // Each step is bounded in there; this bound is for a process that hangs.
      Duration most = plan.limit().multipliedBy(2 + Work.values().length);
      if (!process.waitFor(most.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException(kind.title() + " did not end within " + most);
      }
      if (ENDED_FROM_OUTSIDE.contains(process.exitValue())) {
        throw new CancellationException("the trial was ended from outside");
      }
    }
  }

  private static void quiet(String logger, Level level) {
    ((Logger) LoggerFactory.getLogger(logger)).setLevel(level);
  }

  static List<Outcome> outcomes(Path work) throws IOException {
    return Outcomes.read(work.resolve(OUTCOMES));
  }

  static List<String> lacks(Path work) throws IOException {
    Path file = work.resolve(LACKS);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** The process itself. */
  public static void main(String[] args) throws Exception {
    // Clients complain while their server starts, and when it is killed.
    quiet("vellum.ingest.client", Level.ERROR);
    quiet("org.apache.kafka", Level.OFF);
    quiet("com.datastax.oss.driver", Level.OFF);
    PeerKind kind = PeerKind.valueOf(args[0]);
    Path work = Path.of(args[1]);
    Set<Work> works = EnumSet.noneOf(Work.class);
    for (String name : args[3].split(",")) {
      works.add(Work.valueOf(name));
    }
    Trial.Plan plan =
        new Trial.Plan(
            Path.of(args[2]),
            works,
            Integer.parseInt(args[4]),
            Duration.ofSeconds(Long.parseLong(args[5])));
    PeerPlace place = new PeerPlace(work, PeerJars.here());
    Files.createDirectories(place.data());
    Files.createDirectories(place.scratch());
    Outcomes outcomes = new Outcomes(work.resolve(OUTCOMES));
    boolean good = false;
    try {
      Peer peer = kind.open(place);
      Files.write(work.resolve(LACKS), peer.lacks());
      good = new Trial(peer, place, plan, outcomes).run();
    } catch (NotPossible why) {
      works.forEach(each -> outcomes.none(each, "not possible: " + why.getMessage()));
    }
    // Clients may have left threads.
    System.exit(good ? 0 : 1);
  }
}
