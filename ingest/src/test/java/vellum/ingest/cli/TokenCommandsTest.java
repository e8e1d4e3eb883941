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

final class TokenCommandsTest {

  private static final String MADE =
      "{\"number\":3,\"name\":\"smsc-1\",\"roles\":[\"producer\"],\"accounts\":[\"acme\"],"
          + "\"state\":\"good\",\"token\":\"vellum_secret\"}";

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    Path data = directory.resolve("fake");
    server = FakeServer.start(data);
    terminal.with("VELLUM_DATA", data.toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldShowANewTokenOnce() {
    server.answering("POST /v1/tokens", 200, MADE);

    int exitCode =
        terminal.run(
            "token",
            "create",
            "smsc-1",
            "--role",
            "producer",
            "--account",
            "acme",
            "--account",
            "zeta",
            "--expires-in",
            "12h");

    assertThat(exitCode).as(terminal.err()).isZero();
    assertThat(terminal.out()).contains("vellum_secret");
    assertThat(terminal.err()).contains("not shown again").doesNotContain("vellum_secret");
    assertThat(server.requests())
        .containsExactly(
            "POST /v1/tokens {\"name\":\"smsc-1\",\"roles\":[\"producer\"],"
                + "\"accounts\":[\"acme\",\"zeta\"],\"expires_at\":\"2026-11-21T00:34:56Z\"}");
  }

  @Test
  void shouldAskForATokenWithoutEnd() {
    server.answering("POST /v1/tokens", 200, MADE);

    assertThat(
            terminal.run(
                "token",
                "create",
                "a",
                "--role",
                "billing",
                "--role",
                "AUDITOR",
                "--expires-in",
                "never",
                "-o",
                "json"))
        .isZero();

    assertThat(server.requests())
        .containsExactly(
            "POST /v1/tokens {\"name\":\"a\",\"roles\":[\"billing\",\"auditor\"],"
                + "\"expires_at\":\"never\"}");
  }

  @Test
  void shouldLeaveTheUsualLifeToTheServerAndTellOfOthersOfTheName() {
    server.answering(
        "POST /v1/tokens", 200, MADE.replace("\"token\":", "\"same_name\":[1,2],\"token\":"));

    assertThat(terminal.run("token", "create", "smsc-1", "--role", "producer")).isZero();

    assertThat(server.requests())
        .containsExactly("POST /v1/tokens {\"name\":\"smsc-1\",\"roles\":[\"producer\"]}");
    assertThat(terminal.err()).contains("token 1 has this name too", "token 2 has this name too");
  }

  @Test
  void shouldWriteANewTokenIntoAFileOfItsOwner() throws IOException {
    // given
    server.answering("POST /v1/tokens", 200, MADE);
    Path file = directory.resolve("smsc-1.token");

    // when
    int exitCode = terminal.run("token", "create", "smsc-1", "--role", "producer", "--file", file);

    // then
    assertThat(exitCode).as(terminal.err()).isZero();
    assertThat(Files.readString(file)).isEqualTo("vellum_secret\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(terminal.out() + terminal.err()).doesNotContain("vellum_secret");

    // and it is not written over
    assertThat(terminal.run("token", "create", "b", "--role", "producer", "--file", file))
        .isEqualTo(ExitCode.FAILED);
    assertThat(server.requests()).hasSize(1);
    assertThat(Files.readString(file)).isEqualTo("vellum_secret\n");
  }

  @Test
  void shouldLeaveNoFileWhenTheServerRefuses() {
    server.answering(
        "POST /v1/tokens", 403, "{\"code\":\"FORBIDDEN\",\"detail\":\"this needs another role\"}");
    Path file = directory.resolve("t");

    assertThat(terminal.run("token", "create", "a", "--role", "billing", "--file", file))
        .isEqualTo(ExitCode.REFUSED);

    assertThat(terminal.err()).contains("FORBIDDEN: this needs another role");
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldListTokens() {
    server.answering(
        "GET /v1/tokens",
        200,
        "{\"tokens\":[{\"number\":1,\"name\":\"administrator\",\"roles\":[\"administrator\"],"
            + "\"state\":\"good\",\"created_at\":\"2026-11-20T00:00:00Z\",\"created_by\":\"first"
            + " start\"},{\"number\":2,\"name\":\"b\",\"roles\":[\"billing\",\"auditor\"],"
            + "\"accounts\":[\"acme\",\"zeta\"],\"state\":\"revoked\",\"created_at\":\"x\","
            + "\"created_by\":\"y\",\"reason\":\"lost, or not\"}]}");

    assertThat(terminal.run("token", "list", "--output", "csv")).isZero();

    assertThat(terminal.out().lines())
        .containsExactly(
            "number,name,roles,accounts,state,created_at,created_by,expires_at,revoked_at,"
                + "revoked_by,reason",
            "1,administrator,administrator,,good,2026-11-20T00:00:00Z,first start,,,,",
            "2,b,billing auditor,acme zeta,revoked,x,y,,,,\"lost, or not\"");
    assertThat(terminal.err()).contains("2 tokens");
  }

  @Test
  void shouldRevokeOnlyWithConsent() {
    server.answering("POST /v1/tokens/3/revoke", 200, "{\"number\":3,\"state\":\"good\"}");

    assertThat(terminal.run("token", "revoke", "3")).isZero();
    assertThat(terminal.err()).contains("dry run");
    assertThat(terminal.run("token", "revoke", "3", "--yes")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("token", "revoke", "3", "--yes", "--reason", "lost")).isZero();

    assertThat(server.requests())
        .containsExactly(
            "POST /v1/tokens/3/revoke {\"dry_run\":true}",
            "POST /v1/tokens/3/revoke {\"dry_run\":false,\"reason\":\"lost\"}");
  }

  @Test
  void shouldSayWhatIsWrong() {
    for (Object[] words :
        new Object[][] {
          {"token"},
          {"token", "create", "a"},
          {"token", "create", "--role", "billing"},
          {"token", "create", "a", "--role", "boss"},
          {"token", "create", "a", "--role", "billing", "--expires-in", "soon"},
          {"token", "revoke", "three"}
        }) {
      assertThat(terminal.run(words)).isEqualTo(ExitCode.USAGE);
      assertThat(terminal.err().lines()).as(terminal.err()).hasSize(1);
    }
    assertThat(server.requests()).isEmpty();
    terminal.run("token", "create", "a", "--role", "boss");
    assertThat(terminal.err()).contains("--role must be administrator, producer");
  }
}
