package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.node.SealedFixture;

/** A sealed server of the runnable jar: killed, told to read its settings, unsealed, stopped. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class SealedServerIT {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static final Object[] PASSPHRASE = {
    "--set", "keys.provider=passphrase",
    "--set", "keys.argon2_memory_bytes=64 KiB",
    "--set", "keys.argon2_passes=1",
    "--set", "keys.argon2_lanes=1"
  };

  @TempDir private Path directory;

  private final Terminal terminal = new Terminal();

  private ServerProcess start(Path data) throws Exception {
    return ServerProcess.start(data, directory.resolve("server.log"), PASSPHRASE);
  }

  @Test
  void shouldSurviveAKillWhileItIsSealedAndAStopInTime() throws Exception {
    // given
    Path data = directory.resolve("data");
    Path secret = SealedFixture.secretFile(directory.resolve("secret"), SealedFixture.SECRET);
    try (ServerProcess server = start(data)) {
      assertThat(reason(data)).isEqualTo("SEALED");
      // when
      server.kill();
    }
    try (ServerProcess server = start(data)) {
      // then
      assertThat(reason(data)).isEqualTo("SEALED");
      assertThat(terminal.run("key", "unseal", "--first", "--data", data, "--secret-file", secret))
          .as(terminal.err())
          .isEqualTo(ExitCode.OK);
      assertThat(reason(data)).as("ready, as it said").isEmpty();
      // when: while it is open
      server.kill();
    }
    try (ServerProcess server = start(data)) {
      assertThat(reason(data)).isEqualTo("SEALED");
      server.hangUp();
      awaitLine(data, "CONFIG_READ");
      assertThat(reason(data)).isEqualTo("SEALED");
      // when
      assertThat(server.stop()).isTrue();
      // then
      assertThat(server.exitCode()).isEqualTo(143);
      assertThat(server.log()).contains("sealed: nothing is taken").doesNotContain("battery");
    }
    assertThat(data.resolve("endpoint.json")).doesNotExist();
    String log = Files.readString(data.resolve("log/vellum.json"));
    assertThat(log)
        .contains("NODE_SEALED", "NODE_UNSEALED", "NODE_READY")
        .doesNotContain("STOP_OVERDUE", "STOP_FAULT", "battery");
    assertThat(log.strip()).contains("NODE_STOPPED");
  }

  /** The first reason of /readyz; empty when it is ready. */
  private static String reason(Path data) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create("http://" + Endpoint.of(data).http() + "/readyz"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() == 200
        ? ""
        : new JsonMapper().readTree(answer.body()).at("/reasons/0/code").asText();
  }

  private static void awaitLine(Path data, String code) throws Exception {
    while (Files.readAllLines(data.resolve("log/vellum.json")).stream()
        .noneMatch(line -> line.contains(code))) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
