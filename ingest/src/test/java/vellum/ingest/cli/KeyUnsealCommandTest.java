package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.node.SealedFixture;
import vellum.ingest.terminal.Screen;

/** {@code vellum key unseal}: where a secret comes from, and that it is shown nowhere. */
@Timeout(120)
final class KeyUnsealCommandTest {

  private static final String SECRET = SealedFixture.SECRET;

  @TempDir private Path directory;

  private final Terminal terminal = new Terminal();

  private void assertSilent() {
    assertThat(terminal.out() + terminal.err()).doesNotContain(SECRET).doesNotContain("battery");
  }

  @Test
  void shouldOpenAServerWithASecretFromAFileOrAPipe() throws Exception {
    // given
    Path data = directory.resolve("data");
    Path file = SealedFixture.secretFile(directory.resolve("secret"), SECRET);
    try (SealedFixture sealed = SealedFixture.begin(data)) {
      assertThat(terminal.run("status", "--data", data)).isEqualTo(ExitCode.FAILED);
      assertThat(terminal.err()).contains("vellum key unseal");
      // when
      int without = terminal.run("key", "unseal", "--data", data, "--secret-file", file);
      // then
      assertThat(without).isEqualTo(ExitCode.REFUSED);
      assertThat(terminal.err()).contains("no key of this provider is there yet");
      // when
      int first =
          terminal
              .typing(SECRET + "\n")
              .run("key", "unseal", "--data", data, "--first", "--output", "json");
      // then
      assertThat(first).as(terminal.err()).isEqualTo(ExitCode.OK);
      assertThat(terminal.out()).contains("\"unsealed\" : true");
      assertThat(terminal.err()).contains("the server is open");
      assertSilent();
      assertThat(sealed.node()).isPresent();
      assertThat(terminal.run("status", "--data", data)).isEqualTo(ExitCode.OK);
      assertThat(terminal.run("key", "unseal", "--data", data, "--secret-file", file))
          .isEqualTo(ExitCode.REFUSED);
      assertThat(terminal.err()).contains("not sealed");
    }
    try (SealedFixture sealed = SealedFixture.begin(data)) {
      assertThat(sealed.start.isSealed()).isTrue();
      // when
      int wrong = terminal.typing("a wrong passphrase\n").run("key", "unseal", "--data", data);
      // then
      assertThat(wrong).isEqualTo(ExitCode.REFUSED);
      assertThat(terminal.err()).contains("does not open").doesNotContain("a wrong passphrase");
    }
    assertThat(terminal.run("key", "unseal", "--data", data, "--secret-file", file))
        .isEqualTo(ExitCode.UNREACHABLE);
    // then: the trail is whole, with entries from before there was a key to sign it
    assertThat(terminal.run("audit", "verify", data)).as(terminal.err()).isEqualTo(ExitCode.OK);
  }

  @Test
  void shouldWaitUntilTheServerIsReadyButNotForEver() throws Exception {
    // given
    Path data = directory.resolve("fake");
    AtomicLong nanos = new AtomicLong();
    AtomicInteger pauses = new AtomicInteger();
    ReadyWait wait;
    try (FakeServer server = FakeServer.start(data)) {
      server.answering("GET /readyz", 503, "{\"code\":\"NOT_READY\",\"detail\":\"starting\"}");
      wait =
          new ReadyWait(
              new ServerCalls(Endpoint.of(data)),
              nanos::get,
              pause -> {
                nanos.addAndGet(pause);
                if (pauses.incrementAndGet() == 30) {
                  server.answering("GET /readyz", 200, "{\"ready\":true}");
                }
              });
      // then: a second is too short
      assertThat(wait.await(Duration.ofSeconds(1)).orElseThrow()).contains("NOT_READY: starting");
      assertThat(pauses).hasValue(20);
      assertThat(wait.await(Duration.ofSeconds(10))).isEmpty();
      assertThat(pauses).hasValue(30);
    }
    // and: nobody answers
    assertThat(wait.await(Duration.ofSeconds(1)).orElseThrow()).contains("no server answers");
  }

  @Test
  void shouldSayThatAnUnsealedServerIsNotReady() throws Exception {
    // given
    Path data = directory.resolve("fake");
    try (FakeServer server = FakeServer.start(data)) {
      server
          .answering("POST /v1/keys/unseal", 200, "{\"unsealed\":true,\"key\":\"k\"}")
          .answering("GET /readyz", 503, "{\"code\":\"NOT_READY\",\"detail\":\"starting\"}");
      // when, then
      assertThat(terminal.typing(SECRET).run("key", "unseal", "--data", data, "--wait", "1"))
          .isEqualTo(ExitCode.FAILED);
      assertThat(terminal.err()).contains("not ready after 1 s: NOT_READY: starting");
      assertThat(terminal.typing(SECRET).run("key", "unseal", "--data", data, "--wait", "0"))
          .isEqualTo(ExitCode.OK);
      assertThat(terminal.err()).contains("opens its data now");
      assertThat(terminal.run("key", "unseal", "--data", data, "--wait", "3601"))
          .isEqualTo(ExitCode.USAGE);
      assertSilent();
    }
  }

  @Test
  void shouldRefuseAFileThatOthersReadAndASecretThatIsNone() throws Exception {
    // given
    Path data = directory.resolve("data");
    Path open = SealedFixture.secretFile(directory.resolve("secret"), SECRET);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    try (SealedFixture sealed = SealedFixture.begin(data)) {
      assertThat(sealed.start.isSealed()).isTrue();
      // then
      assertThat(terminal.run("key", "unseal", "--data", data, "--secret-file", open))
          .isEqualTo(ExitCode.USAGE);
      assertThat(terminal.err()).contains("is open to others");
      assertThat(terminal.typing("").run("key", "unseal", "--data", data))
          .isEqualTo(ExitCode.USAGE);
      assertThat(terminal.err()).contains("1 to 1024 characters");
      assertThat(terminal.run("key", "unseal", "--data", data, SECRET)).isEqualTo(ExitCode.USAGE);
      assertSilent();
    }
  }

  @Test
  void shouldAskAPersonTwiceForAFirstSecretAndOnceElse() throws Exception {
    // given
    Path data = directory.resolve("data");
    Deque<char[]> typed = new ArrayDeque<>();
    List<char[]> given = new ArrayList<>();
    List<String> questions = new ArrayList<>();
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(shown, true, StandardCharsets.UTF_8);
    Screen screen =
        new Screen(new ByteArrayInputStream(new byte[0]), stream, stream, Map.of(), false, false);
    CommandLine command =
        new CommandLine(
            new KeyUnsealCommand(
                screen,
                question -> {
                  questions.add(question);
                  char[] next = typed.poll();
                  given.add(next);
                  return next;
                }));
    command.setExecutionExceptionHandler(new Faults(screen));
    try (SealedFixture sealed = SealedFixture.begin(data)) {
      typed.add(SECRET.toCharArray());
      assertThat(command.execute("--data", data.toString())).isEqualTo(ExitCode.REFUSED);
      assertThat(questions).hasSize(1);
      // when: a slip
      typed.add(SECRET.toCharArray());
      typed.add("correct horse battery stable".toCharArray());
      int slip = command.execute("--data", data.toString(), "--first");
      // then
      assertThat(slip).isEqualTo(ExitCode.USAGE);
      assertThat(shown.toString(StandardCharsets.UTF_8)).contains("two different secrets");
      assertThat(data.resolve("kek/current.kek")).doesNotExist();
      // when
      typed.add(SECRET.toCharArray());
      typed.add(SECRET.toCharArray());
      int first = command.execute("--data", data.toString(), "--first");
      // then
      assertThat(first).as(shown.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);
      assertThat(sealed.node()).isPresent();
    }
    assertThat(shown.toString(StandardCharsets.UTF_8)).doesNotContain("battery");
    assertThat(given).hasSize(5).allSatisfy(each -> assertThat(each).containsOnly('\0'));
  }
}
