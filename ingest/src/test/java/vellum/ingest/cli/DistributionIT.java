package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.DocumentLinks;

/** The distribution as an operator unpacks it, on a machine that has a JDK and no sources. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class DistributionIT {

  @TempDir private static Path directory;
  private static Path archive;
  private static Path home;

  @BeforeAll
  static void unpack() throws Exception {
    assumeThat(Boolean.getBoolean("vellum.distribution.skip")).as("-Dfast makes none").isFalse();
    archive = Path.of(System.getProperty("vellum.distribution"));
    Unpacked.into(directory, archive);
    try (Stream<Path> made = Files.list(directory)) {
      List<Path> directories = made.toList();
      assertThat(directories).hasSize(1);
      home = directories.get(0);
    }
  }

  @Test
  void shouldServeWhatIsSentAndEndAtTerm() throws Exception {
    // given
    Path link = Files.createSymbolicLink(directory.resolve("vellum"), home.resolve("bin/vellum"));
    Path data = directory.resolve("data");
    Path file = directory.resolve("traffic.ndjson");
    Terminal terminal = new Terminal().with("VELLUM_DATA", data.toString());
    assertThat(terminal.run("generate", "--records", 300, "--seed", 7, "--output", file)).isZero();
    // when
    try (ServerProcess server =
        ServerProcess.start(List.of(link.toString()), data, directory.resolve("server.log"))) {
      assertThat(terminal.run("import", file)).as(terminal.err()).isZero();
      // then
      assertThat(terminal.run("record", "count")).as(terminal.err()).isZero();
      assertThat(terminal.out()).isEqualTo("300\n");
      // when
      assertThat(server.stop()).isTrue();
      // then
      assertThat(server.exitCode()).isEqualTo(143);
      assertThat(server.log()).doesNotContain("building").doesNotContain("ERROR");
    }
  }

  @Test
  void shouldSayItsVersion() throws Exception {
    // given
    Path log = directory.resolve("version.log");
    // when
    Process version = ServerProcess.launch(launcher(), log, "--version");
    // then
    assertThat(Unpacked.ended(version)).isZero();
    assertThat(Files.readString(log)).matches("vellum \\d+\\.\\d+\\.\\d+\nJava .*\n");
  }

  @Test
  void shouldSayThatLoadProgramsNeedSources() throws Exception {
    // given
    Path log = directory.resolve("bench.log");
    // when
    Process bench = ServerProcess.launch(launcher(), log, "bench", "load");
    // then
    assertThat(Unpacked.ended(bench)).isEqualTo(1);
    assertThat(Files.readString(log)).contains("run from the sources");
  }

  @Test
  void shouldHoldWhatAnOperatorNeeds() {
    assertThat(home.resolve("bin/vellum")).isExecutable();
    assertThat(
            Stream.of(
                "vellum.jar",
                "vellum-sbom.json",
                "LICENSE",
                "README.md",
                "docs/INSTALL.md",
                "docs/OPERATIONS.md",
                "config/vellum.yaml",
                "config/jvm17.args",
                "config/jvm25.args",
                "config/prometheus/alerts.yaml",
                "config/systemd/vellum.service"))
        .allSatisfy(name -> assertThat(home.resolve(name)).isNotEmptyFile());
  }

  @Test
  void shouldHoldWhateverItsDocumentsLinkTo() throws Exception {
    DocumentLinks links = DocumentLinks.below(home);
    assertThat(links.broken()).isEmpty();
    assertThat(links.all()).isGreaterThan(30);
    assertThat(home.resolve("core/src/main/proto/vellum/v1/record.proto")).isNotEmptyFile();
  }

  @Test
  void shouldNotShowWhereOrByWhomOrWhenItWasBuilt() throws Exception {
    // when
    List<String> entries = Unpacked.listed(directory, archive);
    // then
    assertThat(entries).hasSizeGreaterThan(100).allMatch(entry -> entry.contains(" 0/0 "));
    assertThat(entries.stream().map(DistributionIT::time)).containsOnly(time(entries.get(0)));
    assertThat(Unpacked.withPathsOfThisMachine(home)).isEmpty();
  }

  @Test
  void shouldNameEveryJarInTheListOfParts() throws Exception {
    // given
    JsonNode list = new JsonMapper().readTree(home.resolve("vellum-sbom.json").toFile());
    Set<String> hashes = new HashSet<>();
    list.findValues("hashes")
        .forEach(all -> all.forEach(hash -> hashes.add(hash.path("content").textValue())));
    // when
    List<String> unnamed = new ArrayList<>();
    for (Path jar : jars()) {
      if (!hashes.contains(sha256(jar))) {
        unnamed.add(jar.getFileName().toString().replaceFirst("-[0-9].*", ""));
      }
    }
    // then: one is cut to what Linux needs
    assertThat(list.path("bomFormat").textValue()).isEqualTo("CycloneDX");
    assertThat(list.path("metadata").path("component").path("name").textValue())
        .isEqualTo("vellum-ingest");
    assertThat(unnamed).containsExactly("rocksdbjni");
    assertThat(jars().stream().map(Path::toString))
        .noneMatch(name -> name.contains("-osx-") || name.contains("-windows-"));
  }

  private static List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      return files.toList();
    }
  }

  private static String sha256(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  /** Date and time of a line of tar's. */
  private static String time(String entry) {
    String[] words = entry.split(" +");
    return words[3] + " " + words[4];
  }

  private static List<String> launcher() {
    return List.of(home.resolve("bin/vellum").toString());
  }
}
