package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.audit.TrailCopy;

/** What an operator does to a server of the runnable jar: signals, and its log. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ServeOperationsIT {

  @TempDir private Path directory;

  @Test
  void shouldTakeOverLiveSettingsAtHangupAndEndAtTerm() throws Exception {
    // given
    Path data = directory.resolve("data");
    Path config = directory.resolve("vellum.yaml");
    Files.writeString(config, "ingest:\n  idle_ms: 60s\njournal:\n  ack: disk\n");
    try (ServerProcess server =
        ServerProcess.start(data, directory.resolve("server.log"), "--config", config)) {
      // when
      Files.writeString(config, "ingest:\n  idle_ms: 20s\njournal:\n  ack: memory\n");
      server.hangUp();
      // then
      JsonNode read = await(data, "CONFIG_READ");
      assertThat(read.get("message").textValue()).contains("1 changed, 1 for the next start");
      assertThat(await(data, "CONFIG_CHANGED").get("message").textValue())
          .isEqualTo("changed ingest.idle_ms: 60s -> 20s");
      assertThat(await(data, "CONFIG_KEPT").get("message").textValue())
          .endsWith("journal.ack: disk -> memory");
      // when: it is wrong
      Files.writeString(config, "ingest:\n  idle_ms: soon\n");
      server.hangUp();
      // then
      assertThat(await(data, "CONFIG_REFUSED").get("message").textValue())
          .contains("line 2: ingest.idle_ms must be");
      // when
      assertThat(server.stop()).isTrue();
      // then
      assertThat(server.exitCode()).isEqualTo(143);
      assertThat(codes(data))
          .contains("NODE_READY")
          .containsSubsequence("NODE_STOPPING", "NODE_STOPPED")
          .doesNotContain("STOP_OVERDUE", "STOP_FAULT", "LIBRARY");
    }
    List<String> entries = new ArrayList<>();
    TrailCopy.open(data, Files.createDirectory(directory.resolve("scratch")))
        .entries(line -> entries.add(new String(line, StandardCharsets.UTF_8)));
    assertThat(entries.stream().filter(entry -> entry.contains("CONFIGURATION_CHANGED")))
        .hasSize(1);
  }

  @Test
  void shouldNotTouchTheLogOfAServerThatHasTheDirectory() throws Exception {
    // given
    Path data = directory.resolve("data");
    try (ServerProcess server = ServerProcess.start(data, directory.resolve("server.log"))) {
      await(data, "NODE_READY");
      int lines = codes(data).size();
      // when
      Process second =
          ServerProcess.jar(
              directory.resolve("second.log"), "serve", "--data", data, "--tcp", "127.0.0.1:0");
      // then
      assertThat(second.waitFor()).isEqualTo(ExitCode.REFUSED);
      assertThat(codes(data)).hasSize(lines);
    }
  }

  private static JsonNode await(Path data, String code) throws IOException {
    while (true) {
      for (JsonNode line : lines(data)) {
        if (line.get("event.code").textValue().equals(code)) {
          return line;
        }
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static List<String> codes(Path data) throws IOException {
    return lines(data).stream().map(line -> line.get("event.code").textValue()).toList();
  }

  private static List<JsonNode> lines(Path data) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    Path file = data.resolve("log/vellum.json");
    for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
      lines.add(new JsonMapper().readTree(line));
    }
    return lines;
  }
}
