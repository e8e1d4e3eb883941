package vellum.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import vellum.bench.process.Ending;
import vellum.core.disk.RealDisk;

/**
 * All rounds: in each, every peer once, each round beginning with another one, so that none is
 * always the first or behind the same one. For one thread.
 */
final class PeersRun {

  private static final String LOG = ".log";

  private final List<PeerKind> kinds;
  private final Trial.Plan plan;
  private final PeerJars jars;
  private final Path work;

  /**
   * @param work where each peer gets a directory, which is deleted behind it
   */
  PeersRun(List<PeerKind> kinds, Trial.Plan plan, PeerJars jars, Path work) {
    this.kinds = List.copyOf(kinds);
    this.plan = plan;
    this.jars = jars;
    this.work = work;
  }

  PeersReport run(int rounds) throws IOException, InterruptedException {
    for (PeerKind kind : kinds) {
      for (String project : kind.projects()) {
        jars.fill(project);
      }
    }
    PeersReport report = new PeersReport(kinds);
    for (int round = 1; round <= rounds; round++) {
      for (int turn = 0; turn < kinds.size(); turn++) {
        Ending.requireNotBegun();
        PeerKind kind = kinds.get((turn + round - 1) % kinds.size());
        System.err.println("round " + round + " of " + rounds + ": " + kind.title());
        measure(report, round, kind);
      }
    }
    return report;
  }

  private void measure(PeersReport report, int round, PeerKind kind)
      throws IOException, InterruptedException {
    Path directory = work.resolve(kind.option() + "-" + round);
    try {
      TrialProcess.run(kind, directory, plan, jars);
      Ending.requireNotBegun();
      List<Outcome> outcomes = TrialProcess.outcomes(directory);
      if (outcomes.isEmpty()) {
        throw new IOException("nothing was measured of " + kind.title());
      }
      report.add(round, kind, outcomes, TrialProcess.lacks(directory));
    } finally {
      keepLogs(directory);
      new RealDisk().deleteTree(directory);
    }
  }

  /** What processes printed stays beside the directories, for who looks why something failed. */
  private void keepLogs(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      files
          .filter(file -> file.toString().endsWith(LOG))
          .forEach(
              log -> {
                try {
                  Files.move(
                      log,
                      work.resolve(directory.getFileName() + "-" + log.getFileName()),
                      StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException e) {
                  throw new UncheckedIOException("cannot keep " + log, e);
                }
              });
    }
  }
}
