package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;

/** An archive that the build made, unpacked by the system's tar. Stateless. */
final class Unpacked {

  private static final long WAIT_SECONDS = 110;

  private Unpacked() {}

  /** Unpacks an archive into a directory. */
  static void into(Path directory, Path archive) throws Exception {
    Path log = Files.createTempFile(directory, "tar", ".log");
    assertThat(run(log, "tar", "-xf", archive, "-C", directory)).as(Files.readString(log)).isZero();
    Files.delete(log);
  }

  /** The archive's entries as tar lists them: mode, owner, size, time, name. */
  static List<String> listed(Path scratch, Path archive) throws Exception {
    Path log = Files.createTempFile(scratch, "tar", ".log");
    assertThat(
            run(
                log,
                "tar",
                "--utc",
                "--full-time",
                "--numeric-owner",
                "--warning=no-unknown-keyword",
                "-tvf",
                archive))
        .isZero();
    return Files.readAllLines(log);
  }

  /** Runs a program; what it prints goes to the log. */
  static int run(Path log, Object... words) throws Exception {
    return ended(
        new ProcessBuilder(Stream.of(words).map(Object::toString).toList())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start());
  }

  static int ended(Process process) throws InterruptedException {
    boolean ended = process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    return process.exitValue();
  }

  /**
   * Files in which a path of this machine stands: where the checkout is, or the home of whoever
   * built. Looks into files below a directory, and into our own jars; others' come as they were
   * published.
   */
  static List<String> withPathsOfThisMachine(Path directory) throws IOException {
    List<String> paths =
        List.of(
            Path.of("..").toRealPath().toString(),
            Path.of(System.getProperty("user.home")).toString() + "/.m2");
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".jar")) {
          look(paths, file.toString(), Files.readAllBytes(file), found);
        } else if (file.getFileName().toString().startsWith("vellum")) {
          try (JarInputStream jar = new JarInputStream(Files.newInputStream(file))) {
            look(paths, file + "!manifest", manifest(jar), found);
            for (JarEntry entry = jar.getNextJarEntry();
                entry != null;
                entry = jar.getNextJarEntry()) {
              look(paths, file + "!" + entry.getName(), bytes(jar), found);
            }
          }
        }
      }
    }
    return found;
  }

  private static byte[] manifest(JarInputStream jar) {
    return String.valueOf(jar.getManifest().getMainAttributes().entrySet())
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(InputStream in) throws IOException {
    return in.readAllBytes();
  }

  private static void look(List<String> paths, String name, byte[] content, List<String> found) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    if (paths.stream().anyMatch(text::contains)) {
      found.add(name);
    }
  }
}
