package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The container image, without a container engine: what it says of itself, and its program in a
 * root directory made of its layers. The latter as root only, who alone may change the root.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ImageIT {

  private static final String USER = "10001";

  /**
   * As an engine starts it with a read-only root: the image's, with /proc, /dev, /tmp and a volume.
   */
  private static final String ENTER =
      """
      set -e
      root=$1 volume=$2
      shift 2
      mkdir -p "$root/proc" "$root/dev"
      mount --bind "$root" "$root"
      mount -o remount,ro,bind "$root"
      mount -t proc proc "$root/proc"
      mount --rbind /dev "$root/dev"
      mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
      mount --bind "$volume" "$root/var/lib/vellum"
      exec chroot --userspec=%s:%s "$root" "$@"
      """
          .formatted(USER, USER);

  @TempDir private static Path directory;
  private static JsonNode manifest;
  private static JsonNode config;

  @BeforeAll
  static void unpack() throws Exception {
    assumeThat(Boolean.getBoolean("vellum.image.skip")).as("-Dfast makes none").isFalse();
    assumeThat(System.getProperty("vellum.image.base")).as("not another's").isEqualTo("scratch");
    Unpacked.into(directory, Path.of(System.getProperty("vellum.image")));
    JsonMapper json = new JsonMapper();
    manifest = json.readTree(directory.resolve("manifest.json").toFile()).get(0);
    config = json.readTree(directory.resolve(manifest.get("Config").textValue()).toFile());
  }

  @Test
  void shouldRunAsNobodySpecialAndSayWhatItIs() {
    JsonNode container = config.path("config");
    assertThat(container.path("User").textValue()).isEqualTo(USER + ":" + USER);
    assertThat(container.path("Volumes").fieldNames()).toIterable().containsOnly("/var/lib/vellum");
    assertThat(container.path("ExposedPorts").fieldNames())
        .toIterable()
        .containsOnly("7400/tcp", "7480/tcp");
    assertThat(words(container.path("Cmd"))).containsExactly("serve");
    assertThat(container.path("Labels").path("org.opencontainers.image.version").textValue())
        .matches("\\d+\\.\\d+\\.\\d+");
    assertThat(config.path("created").textValue()).isEqualTo("2026-11-01T00:00:00Z");
    assertThat(manifest.path("RepoTags").get(0).textValue()).startsWith("vellum:");
  }

  @Test
  void shouldHaveFixedTimesAndTwoDirectoriesThatAnybodyMayWrite() throws Exception {
    List<String> open = new ArrayList<>();
    for (String layer : words(manifest.path("Layers"))) {
      for (String entry : Unpacked.listed(directory, directory.resolve(layer))) {
        String[] fields = entry.split(" +");
        assertThat(fields[3]).as(entry).isIn("2026-11-01", "1970-01-01");
        assertThat(fields[1]).as(entry).isEqualTo("0/0");
        if (fields[0].charAt(8) == 'w') {
          open.add(fields[5]);
        }
      }
    }
    assertThat(open).containsExactlyInAnyOrder("tmp/", "var/lib/vellum/");
  }

  @Test
  void shouldServeFromItsLayersAloneAndEndAtTerm() throws Exception {
    // given
    Path root = Files.createDirectory(directory.resolve("root"));
    for (String layer : words(manifest.path("Layers"))) {
      Unpacked.into(root, directory.resolve(layer));
    }
    assertThat(Unpacked.withPathsOfThisMachine(root.resolve("opt/vellum"))).isEmpty();
    assumeThat(mayChangeRoot()).as("root may mount and change the root directory").isTrue();
    Path volume = Files.createDirectory(directory.resolve("volume"));
    Files.setPosixFilePermissions(volume, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path file = directory.resolve("traffic.ndjson");
    Terminal terminal = new Terminal().with("VELLUM_DATA", volume.resolve("data").toString());
    assertThat(terminal.run("generate", "--records", 300, "--seed", 7, "--output", file)).isZero();
    Path log = directory.resolve("server.log");
    // when
    Process server = enter(root, volume, log);
    try {
      while (!Files.exists(volume.resolve("data/endpoint.json"))) {
        assertThat(server.isAlive()).as(Files.readString(log)).isTrue();
        LockSupport.parkNanos(10_000_000);
      }
      assertThat(terminal.run("import", file)).as(terminal.err()).isZero();
      // then
      assertThat(terminal.run("record", "count")).as(terminal.err()).isZero();
      assertThat(terminal.out()).isEqualTo("300\n");
      ProcessHandle java = server.children().findFirst().orElseThrow();
      assertThat(Files.readAllLines(Path.of("/proc", String.valueOf(java.pid()), "status")))
          .anyMatch(line -> line.matches("Uid:(\\s+" + USER + "){4}"))
          .anyMatch(line -> line.matches("NSpid:\\s+\\d+\\s+1"));
      // when: its first process is told to end, as an engine does
      java.destroy();
      // then
      assertThat(Unpacked.ended(server)).as(Files.readString(log)).isEqualTo(143);
      assertThat(Files.readString(log)).doesNotContain("WARN").doesNotContain("ERROR");
    } finally {
      server.destroyForcibly();
    }
  }

  private static boolean mayChangeRoot() throws Exception {
    Path log = directory.resolve("unshare.log");
    return Unpacked.run(log, "id", "-u") == 0
        && Files.readString(log).strip().equals("0")
        && Files.isExecutable(Path.of("/usr/bin/unshare"))
        && Unpacked.run(log, "unshare", "--mount", "--pid", "--fork", "true") == 0;
  }

  /** Runs what the image runs, with its environment and nothing of this process's. */
  private static Process enter(Path root, Path volume, Path log) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", ENTER, "sh"));
    command.addAll(List.of(root.toString(), volume.toString()));
    command.addAll(words(config.path("config").path("Entrypoint")));
    command.addAll(words(config.path("config").path("Cmd")));
    command.addAll(List.of("--tcp", "127.0.0.1:0", "--http", "127.0.0.1:0"));
    ProcessBuilder process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    process.environment().clear();
    process.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    for (String variable : words(config.path("config").path("Env"))) {
      int equals = variable.indexOf('=');
      process.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return process.start();
  }

  private static List<String> words(JsonNode array) {
    List<String> words = new ArrayList<>();
    array.forEach(word -> words.add(word.textValue()));
    return words;
  }
}
