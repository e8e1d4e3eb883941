package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigCommandsTest {

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;

  @Test
  void shouldPrintEverySettingWithItsSource() throws IOException {
    // given
    Path file = file("journal:\n  ack: memory\n");
    // when
    int exitCode =
        terminal
            .with("VELLUM_INGEST_PORT", "7171")
            .run("config", "print", "--config", file, "--data", "elsewhere", "--output", "json");
    // then
    assertThat(exitCode).as(terminal.err()).isZero();
    JsonNode rows = new JsonMapper().readTree(terminal.out());
    assertThat(rows.size()).isGreaterThan(50);
    assertThat(row(rows, "journal.ack").toString())
        .isEqualTo(
            "{\"setting\":\"journal.ack\",\"value\":\"memory\",\"source\":\"%s line 2\",\"live\":false}"
                .formatted(file));
    assertThat(row(rows, "ingest.port").get("source").textValue()).isEqualTo("VELLUM_INGEST_PORT");
    assertThat(row(rows, "node.data").get("value").textValue()).isEqualTo("elsewhere");
    assertThat(row(rows, "node.data").get("source").textValue()).isEqualTo("--set node.data");
    assertThat(row(rows, "log.level").get("live").booleanValue()).isTrue();
  }

  @Test
  void shouldPrintATableToPeople() {
    assertThat(terminal.run("config", "print")).isZero();
    assertThat(terminal.out().lines().findFirst().orElseThrow())
        .startsWith("SETTING")
        .contains("VALUE", "SOURCE", "LIVE");
    assertThat(terminal.out()).contains("journal.segment_bytes", "1 GiB", "default");
  }

  @Test
  void shouldSayWhetherAServerWouldStart() throws IOException {
    assertThat(terminal.run("config", "validate", "--config", "../config/vellum.yaml"))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.out()).startsWith("valid: ");

    Path wrong = file("journal:\n  ack: tape\nhttp:\n  port: 70000\n");
    assertThat(terminal.run("config", "validate", "--config", wrong)).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err().lines())
        .containsExactly(
            "wrong: " + wrong + " line 2: journal.ack must be one of [disk, memory]: tape",
            "wrong: " + wrong + " line 4: http.port must be 0 to 65535: 70000");
    assertThat(terminal.run("config", "print", "--config", wrong)).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err().lines()).hasSize(1);

    assertThat(terminal.run("config", "validate", "--config", directory.resolve("absent")))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("config", "validate", "--set", "journal.akc=disk"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("--set journal.akc: unknown key");
  }

  @Test
  void shouldRefuseToServeWhatIsNotValid() {
    // given
    Path data = directory.resolve("data");
    Path absent = directory.resolve("absent");
    Object[] settings = {
      "--data", data, "--set", "keys.provider=passphrase", "--set", "keys.secret_file=" + absent
    };
    // when
    int validated = terminal.run(words("config validate", settings));
    String invalid = terminal.err();
    int served = terminal.run(words("serve", settings));
    // then
    assertThat(validated).isEqualTo(ExitCode.USAGE);
    assertThat(served).isEqualTo(ExitCode.USAGE);
    assertThat(invalid).contains("keys.secret_file: " + absent + " could not be read");
    assertThat(terminal.err().strip()).endsWith(invalid.strip().replace("wrong: ", ""));
    assertThat(data).doesNotExist();
  }

  private static Object[] words(String command, Object... more) {
    return Stream.concat(Stream.of(command.split(" ")), Stream.of(more)).toArray();
  }

  private static JsonNode row(JsonNode rows, String setting) {
    for (JsonNode row : rows) {
      if (row.get("setting").textValue().equals(setting)) {
        return row;
      }
    }
    throw new AssertionError("no " + setting);
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("vellum.yaml"), yaml);
  }
}
