package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyCommandsTest {

  private static final String STATE =
      "{\"provider\":\"PASSPHRASE\",\"current\":\"00112233445566aa\",\"since\":"
          + "\"2026-11-20T10:00:00Z\",\"erasure\":\"LOGICAL\",\"month_keys\":3,"
          + "\"wrapped_files\":5,\"rotating\":false,\"backups\":[]}";
  private static final String ROTATED =
      "{\"from\":\"00112233445566aa\",\"to\":\"ff\",\"backups\":%s}";
  private static final String BACKUP =
      "[{\"name\":\"vault\",\"directory\":\"/mnt\",\"current\":%s,\"detail\":\"5 keys\","
          + "\"at\":\"2026-11-20T10:00:00Z\"}]";

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    Path data = directory.resolve("fake");
    server = FakeServer.start(data).answering("GET /v1/keys", 200, STATE);
    terminal.with("VELLUM_DATA", data.toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path secretFile(String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), "correct horse battery\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void shouldShowTheKeyEncryptionKey() {
    assertThat(terminal.run("key", "status")).isZero();
    assertThat(terminal.out()).containsPattern("provider +PASSPHRASE").contains("wrapped_files");
    assertThat(terminal.run("key", "status", "--output", "json")).isZero();
    assertThat(terminal.out()).contains("\"month_keys\" : 3");
  }

  @Test
  void shouldChangeNothingWithoutYes() throws IOException {
    Path secret = secretFile("rw-------");
    assertThat(terminal.run("key", "rotate", "--new-secret-file", secret)).isZero();
    assertThat(terminal.out()).contains("00112233445566aa");
    assertThat(terminal.err()).contains("dry run");
    assertThat(server.requests()).containsExactly("GET /v1/keys");
    assertThat(terminal.run("key", "rotate", "--yes")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void shouldRotateAndTellOfBackupsThatWereNotReached() {
    server.answering(
        "POST /v1/keys/rotate",
        200,
        ROTATED.formatted(BACKUP.formatted("true")),
        ROTATED.formatted(BACKUP.formatted("false")));
    assertThat(terminal.run("key", "rotate", "--yes", "--reason", "yearly"))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.run("key", "rotate", "--yes", "--reason", "yearly"))
        .isEqualTo(ExitCode.PARTIAL);
    assertThat(server.requests())
        .containsOnly("POST /v1/keys/rotate {\"reason\":\"yearly\"}")
        .hasSize(2);
  }

  @Test
  void shouldSendANewPassphraseAndShowItNowhere() throws IOException {
    // given
    server.answering("POST /v1/keys/rotate", 200, ROTATED.formatted("[]"));
    Path secret = secretFile("rw-------");
    // when
    int exitCode =
        terminal.run(
            "key", "rotate", "--new-secret-file", secret, "--yes", "--reason", "somebody left");
    // then
    assertThat(exitCode).as(terminal.err()).isZero();
    assertThat(server.requests())
        .containsExactly(
            "POST /v1/keys/rotate"
                + " {\"reason\":\"somebody left\",\"new_secret\":\"correct horse battery\"}");
    assertThat(terminal.out() + terminal.err()).doesNotContain("horse");
  }

  @Test
  void shouldNotReadASecretThatOthersCanRead() throws IOException {
    Path secret = secretFile("rw-r--r--");
    int exitCode =
        terminal.run("key", "rotate", "--new-secret-file", secret, "--yes", "--reason", "x");
    assertThat(exitCode).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("chmod 600").doesNotContain("horse");
    assertThat(server.requests()).isEmpty();
  }
}
