package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HoldRecordsCommandTest {

  private static final String ID = "H-4F7K2Q9M";
  private static final String PATH = "POST /v1/holds/" + ID + "/records";

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    Path data = directory.resolve("fake");
    server = FakeServer.start(data);
    terminal.with("VELLUM_DATA", data.toString());
    server.answering(
        PATH,
        200,
        "{\"hold\":\""
            + ID
            + "\",\"state\":\"active\",\"records\":[{\"month\":\"2026-11.hold-7r3kx9pw\","
            + "\"identities\":\"masked\",\"record\":{\"account\":\"acme\"}}]}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldAskForANumberThatNoShellKeeps() {
    terminal.typing("+49 170 1234567\n");

    assertThat(
            terminal.run(
                "hold",
                "records",
                ID,
                "--number",
                "-",
                "--reveal",
                "--reason",
                "x",
                "--limit",
                "7"))
        .as(terminal.err())
        .isZero();

    assertThat(terminal.out()).contains("acme").contains("masked");
    assertThat(terminal.err()).contains("1 record").doesNotContain("170");
    assertThat(server.requests())
        .containsExactly(
            PATH
                + " {\"reveal\":true,\"subjects\":[\"+49 170 1234567\"],\"reason\":\"x\",\"limit\":7}");
  }

  @Test
  void shouldAskForNobodyWhenNobodyIsNamedAndForNothingWhenItIsNotMeant() {
    assertThat(terminal.run("hold", "records", ID)).as(terminal.err()).isZero();
    assertThat(server.requests()).containsExactly(PATH + " {\"reveal\":false,\"limit\":1000}");

    terminal.typing("# nobody\n");
    assertThat(terminal.run("hold", "records", ID, "--number", "-")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("hold", "records", ID, "--reveal")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("hold", "records", ID, "--limit", "0")).isEqualTo(ExitCode.USAGE);
    assertThat(server.requests()).hasSize(1);
  }
}
