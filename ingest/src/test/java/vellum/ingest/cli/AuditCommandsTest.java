package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;

/** {@code vellum audit} against a real node, and without one. */
final class AuditCommandsTest {

  private static final String NUMBER = "+491701234567";

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private Path data;
  private Node node;

  @BeforeEach
  void start() {
    data = directory.resolve("data");
    node = NodeFixture.open(data);
    terminal.with("VELLUM_DATA", data.toString());
    for (int i = 0; i < 25; i++) {
      assertThat(terminal.run("subject", "find", NUMBER, "--reason", "look " + i, "--case", "C-1"))
          .isZero();
    }
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void shouldShowTheNewestEntriesOrAllFromOneOn() {
    assertThat(terminal.run("audit", "tail", "--last", "3", "--output", "csv")).isZero();
    assertThat(terminal.out().lines()).hasSize(4);
    assertThat(terminal.out())
        .startsWith("ENTRY,AT,WHO,ROLE,EVENT,OUTCOME,ABOUT,CASE,COUNT,WHY")
        .contains("administrator,administrator,SUBJECT_LOOKED_UP,ANSWERED")
        .contains(",C-1,0,look 24")
        .doesNotContain("look 21")
        .doesNotContain(NUMBER.substring(1));
    assertThat(terminal.run("audit", "tail", "--from", "0", "--output", "ndjson")).isZero();
    assertThat(terminal.out().lines()).hasSize(29);
    assertThat(terminal.err()).contains("29 of 29 entries");
    assertThat(terminal.run("audit", "tail", "--last", "0")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("audit", "tail", "--from", "-5")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("--from must be at least 0");
  }

  @Test
  void shouldVerifyWhatItExportedAndNameWhatWasChanged() throws IOException {
    // given
    Path file = directory.resolve("trail.ndjson");
    assertThat(terminal.run("audit", "key")).isZero();
    String key = terminal.out().strip();
    assertThat(terminal.run("audit", "export", file)).isZero();
    assertThat(terminal.run("audit", "export", file)).isEqualTo(ExitCode.FAILED);
    // when, then
    assertThat(terminal.run("audit", "verify", file, "--key", key)).isZero();
    assertThat(terminal.out())
        .startsWith("good: vellum.internal/audit/")
        .contains("29 entries, 29");
    assertThat(terminal.run("audit", "verify", file)).isZero();
    assertThat(terminal.err()).contains("compare the key: " + key);
    // and when it is changed
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(9, lines.get(9).replace("look", "joke"));
    Files.write(file, lines);
    Path keyFile = Files.writeString(directory.resolve("trail.key"), key + "\n");
    assertThat(terminal.run("audit", "verify", file, "--key", keyFile))
        .isEqualTo(ExitCode.UNVERIFIED);
    assertThat(terminal.out()).contains("EDITED: entry 8 was edited").contains("NOT GOOD");
  }

  @Test
  void shouldLeaveNoHalfExport() throws IOException {
    // given
    Path fake = directory.resolve("fake");
    Path target = Files.createDirectory(directory.resolve("exports"));
    try (FakeServer server = FakeServer.start(fake)) {
      server
          .answering(
              "GET /v1/audit/export?limit=1000",
              200,
              "{\"header\":\"h\",\"to\":\"2\",\"lines\":[\"1\"],\"next\":\"1\"}")
          .answering(
              "GET /v1/audit/export?limit=1000&to",
              503,
              "{\"code\":\"STOPPING\",\"detail\":\"the server is stopping\"}");
      // when
      int exitCode =
          terminal.run("audit", "export", target.resolve("trail.ndjson"), "--data", fake);
      // then
      assertThat(exitCode).isEqualTo(ExitCode.FAILED);
      assertThat(target).isEmptyDirectory();
    }
  }

  @Test
  void shouldVerifyADirectoryThatNoServerHasOpen() {
    node.close();
    assertThat(terminal.run("audit", "verify", data)).isZero();
    assertThat(terminal.out()).contains("29 entries, 29 of them signed");
    assertThat(terminal.run("audit", "verify", directory.resolve("nothing")))
        .isEqualTo(ExitCode.FAILED);
    assertThat(terminal.run("audit", "verify", data, "--key", "rubbish+1"))
        .isEqualTo(ExitCode.USAGE);
    node = NodeFixture.open(data);
  }

  @Test
  void shouldNotRevealWithoutAReason() {
    String id = "019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55";
    assertThat(terminal.run("subject", "find", NUMBER, "--reveal")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("--reveal needs --reason");
    assertThat(terminal.run("record", "show", id, "--reveal")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("suspense", "show", "x", "--reveal")).isEqualTo(ExitCode.USAGE);
    assertThat(
            terminal.run(
                "usage",
                "find",
                "--account",
                "a",
                "--from",
                "2026-11-01",
                "--to",
                "2026-12-01",
                "--reveal"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("subject", "find", NUMBER, "--reveal", "--reason", NUMBER))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("must not hold a number").doesNotContain(NUMBER);
  }
}
