package vellum.bench.peers;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Jars of the peers, which are neither in the build nor on anybody's class path: each peer has a
 * Maven project under {@code bench/peers} that pins its versions; its jars are copied to {@code
 * bench/target/peers} when a run needs them first, which takes Maven and a network.
 */
final class PeerJars {

  private final Path bench;

  /**
   * @param bench directory of the module
   */
  PeerJars(Path bench) {
    this.bench = bench;
  }

  /** Those of the module that this class was built in. */
  static PeerJars here() {
    try {
      URI classes = PeerJars.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      // bench/target/vellum-bench.jar or bench/target/classes
      return new PeerJars(Path.of(classes).resolve("../..").normalize());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of the program's classes is no path", e);
    }
  }

  /** The directory of a project's jars. */
  Path of(String project) {
    return bench.resolve("target").resolve("peers").resolve(project);
  }

  /** Copies the project's jars to where {@link #of} says, unless they are there already. */
  void fill(String project) throws IOException, InterruptedException {
    Path pom = bench.resolve("peers").resolve(project).resolve("pom.xml");
    Path jars = of(project);
    Path done = jars.resolve("complete");
    if (Files.exists(done)
        && Files.getLastModifiedTime(done).compareTo(Files.getLastModifiedTime(pom)) >= 0) {
      return;
    }
    System.err.println("fetching the jars of " + project + " (once) ...");
    Files.createDirectories(jars);
    try (Stream<Path> old = Files.list(jars)) {
      for (Path jar : old.toList()) {
        Files.delete(jar);
      }
    }
    PeerProcess.run(
        List.of(
            "mvn",
            "-q",
            "-B",
            "-ntp",
            "-f",
            pom.toString(),
            "dependency:copy-dependencies",
            "-DincludeScope=runtime",
            "-DoutputDirectory=" + jars),
        Map.of(),
        jars.resolveSibling(project + ".log"));
    Files.createFile(done);
  }
}
