package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeConfig;
import vellum.ingest.node.NodeFixture;
import vellum.ingest.tls.Certificates;

/** Commands against a real node with TLS, by its data directory and from elsewhere. */
final class TlsCommandsTest {

  @TempDir private static Path directory;

  private static Certificates certificates;
  private static Certificates.Pair pair;
  private static Path data;
  private static Node node;
  private static String url;
  private static String stream;

  private final Terminal terminal = new Terminal();

  @BeforeAll
  static void start() {
    certificates = Certificates.in(directory.resolve("dev"));
    pair = certificates.server();
    data = directory.resolve("data");
    node = open(data, pair, "tls.http_clients=wanted", "tls.ingest_clients=wanted");
    url = "https://127.0.0.1:" + node.httpAddress().getPort();
    stream = "127.0.0.1:" + node.tcpAddress().getPort();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Node open(Path data, Certificates.Pair shown, String... more) {
    List<String> settings =
        new java.util.ArrayList<>(
            List.of(
                "journal.reserve_bytes=64 MiB",
                "journal.resume_bytes=80 MiB",
                "store.cache_bytes=16 MiB",
                "tls.certificate=" + shown.certificate(),
                "tls.key=" + shown.key(),
                "tls.client_ca=" + certificates.ca(),
                "tls.reload_every=1s"));
    settings.addAll(List.of(more));
    return Node.open(
        NodeConfig.load(null, java.util.Map.of(), settings).withData(data).withPorts(0, 0),
        InstantSource.system());
  }

  @Test
  void shouldFindTheServerByItsDataDirectory() {
    assertThat(terminal.run("status", "--data", data, "--output", "json")).isZero();
    assertThat(terminal.out()).contains("\"journal\"");
  }

  @Test
  void shouldAskAServerElsewhere() throws IOException {
    // given
    Object[] words = {"status", "--server", url, "--ca", certificates.ca(), "--token-file"};

    // then by options
    assertThat(terminal.run(with(words, data.resolve("token")))).isZero();
    // by the environment
    String token = Files.readString(data.resolve("token")).strip();
    terminal
        .with("VELLUM_SERVER", url)
        .with("VELLUM_CA", certificates.ca().toString())
        .with("VELLUM_TOKEN", token);
    assertThat(terminal.run("status")).isZero();
    // the command line comes first
    assertThat(terminal.run("status", "--data", directory.resolve("none"))).isEqualTo(6);
    assertThat(terminal.err()).contains("no server runs on").doesNotContain(token);
  }

  @Test
  void shouldAskAServerByItsProfile() throws IOException {
    // given
    Path home = Files.createDirectories(directory.resolve("home/.config/vellum")).getParent();
    Files.copy(data.resolve("token"), home.resolve("vellum/live.token"));
    Files.copy(certificates.ca(), home.resolveSibling("ca.pem"));
    Files.writeString(
        home.resolve("vellum/profiles.yaml"),
        """
        live:
          server: %s
          stream: %s
          ca: ~/ca.pem
          token_file: live.token
        bad:
          server: %s
          tocken: x
        """
            .formatted(url, stream, url));
    terminal.with("HOME", home.getParent().toString());

    // then
    assertThat(terminal.run("status", "--profile", "live")).as(terminal.err()).isZero();
    assertThat(terminal.run("status", "--profile", "none")).isEqualTo(2);
    assertThat(terminal.err()).contains("profiles.yaml has no profile of that name");
    assertThat(terminal.run("status", "--profile", "bad")).isEqualTo(2);
    assertThat(terminal.err()).contains("a profile has server, stream, ca");
    terminal.with("VELLUM_PROFILE", "live");
    assertThat(terminal.run("status")).isZero();
    // a profile that the environment names gives no token to the server here
    terminal.with("VELLUM_PROFILE", "none");
    assertThat(terminal.run("status", "--data", data)).as(terminal.err()).isZero();
  }

  @Test
  void shouldShowNoTokenInClearToAnotherMachine() {
    terminal.with("VELLUM_TOKEN", "t");
    for (String other : List.of("http://127.0.0.1.example.com", "http://localhost.example.com")) {
      assertThat(terminal.run("status", "--server", other)).isEqualTo(2);
      assertThat(terminal.err()).contains("use https://");
    }
    assertThat(terminal.run("status", "--server", "/a://b")).isEqualTo(2);
    assertThat(terminal.err()).contains("a server is https://host:port");
  }

  @Test
  void shouldImportIntoAServerElsewhere() {
    // given
    Path file = Path.of("src/test/resources/samples/records.ndjson");

    // when
    int exitCode =
        terminal.run(
            "import",
            file,
            "--server",
            url,
            "--stream",
            stream,
            "--ca",
            certificates.ca(),
            "--token-file",
            data.resolve("token"));

    // then
    assertThat(exitCode).as(terminal.err() + terminal.out()).isZero();
    // and by the data directory
    assertThat(terminal.run("import", file, "--data", data)).as(terminal.err()).isZero();
  }

  @Test
  void shouldImportUnderTheNameOfAProducersToken() {
    // given
    Path token = directory.resolve("smsc-1.token");
    Path file = Path.of("src/test/resources/samples/records.ndjson");
    Object[] words = {"--data", data, "--token-file", token};
    assertThat(
            terminal.run(
                "token", "create", "smsc-1", "--role", "producer", "--file", token, "--data", data))
        .as(terminal.err())
        .isZero();

    // when, then
    assertThat(terminal.run(with(new Object[] {"import", file}, words)))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.run(with(new Object[] {"import", file, "--producer", "smsc-1"}, words)))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.run(with(new Object[] {"import", file, "--producer", "smsc-2"}, words)))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(terminal.err()).contains("--producer NAME");
  }

  @Test
  void shouldSayWhyAConnectionIsNotSecure() {
    Path token = data.resolve("token");
    Certificates foreign = Certificates.in(directory.resolve("foreign"));
    String port = url.substring(url.lastIndexOf(':'));

    insecure("no authority that is trusted here", url, "--ca", foreign.ca());
    insecure("no authority that is trusted here", url);
    insecure("takes https:// only", "http://127.0.0.1" + port);
    Certificates.Pair other = foreign.client("other", "other");
    assertThat(
            terminal.run(
                "status",
                "--server",
                url,
                "--ca",
                certificates.ca(),
                "--token-file",
                token,
                "--certificate",
                other.certificate(),
                "--key",
                other.key()))
        .isEqualTo(6);
    assertThat(terminal.err().lines()).hasSize(1);
  }

  private void insecure(String why, String server, Object... more) {
    Object[] words = {"status", "--token-file", data.resolve("token"), "--server", server};
    assertThat(terminal.run(with(words, more))).isEqualTo(6);
    assertThat(terminal.err()).contains(why);
    assertThat(terminal.err().lines()).as(terminal.err()).hasSize(1);
  }

  @Test
  void shouldSayThatAServerInClearHasNoTls() {
    try (Node clear = NodeFixture.open(directory.resolve("clear"))) {
      String address = "https://127.0.0.1:" + clear.httpAddress().getPort();
      insecure("the server answers without TLS", address, "--ca", certificates.ca());
    }
  }

  @Test
  void shouldNotSendTheTokenInClearToAnotherMachine() {
    terminal.with("VELLUM_TOKEN", "secret-of-mine");
    assertThat(terminal.run("status", "--server", "http://vellum.example.com")).isEqualTo(2);
    assertThat(terminal.err()).contains("use https://").doesNotContain("secret-of-mine");
    assertThat(terminal.run("status", "--server", "ftp://vellum.example.com")).isEqualTo(2);
    assertThat(terminal.run("status", "--server", url, "--data", data)).isEqualTo(2);
    assertThat(terminal.run("status", "--server", url, "--certificate", "x")).isEqualTo(2);
    terminal.with("VELLUM_TOKEN", "two words");
    assertThat(terminal.run("status", "--server", url)).isEqualTo(2);
    assertThat(terminal.err()).contains("VELLUM_TOKEN holds no token").doesNotContain("two words");
  }

  @Test
  void shouldShowItsNewCertificateWithoutARestart() throws IOException {
    // given
    Certificates own = Certificates.in(directory.resolve("own"));
    Certificates.Pair shown = own.server();
    Path place = directory.resolve("own-data");
    try (Node other = open(place, shown)) {
      String address = "https://127.0.0.1:" + other.httpAddress().getPort();
      Object[] words = {
        "status", "--server", address, "--token-file", place.resolve("token"), "--ca"
      };
      Certificates next = Certificates.in(directory.resolve("next"));
      assertThat(terminal.run(with(words, own.ca()))).as(terminal.err()).isZero();
      assertThat(terminal.run(with(words, next.ca()))).isEqualTo(6);

      // when
      Certificates.Pair renewed = next.server();
      Files.writeString(shown.certificate(), Files.readString(renewed.certificate()));
      Files.writeString(shown.key(), Files.readString(renewed.key()));

      // then
      vellum.ingest.server.Rig.await(
          "the next look at the files", () -> terminal.run(with(words, next.ca())) == 0);
      assertThat(terminal.run(with(words, own.ca()))).isEqualTo(6);
      assertThat(terminal.run("status", "--data", place)).as(terminal.err()).isZero();
    }
  }

  @Test
  void shouldNotStartWithACertificateThatIsNoGood() {
    Certificates old =
        Certificates.in(directory.resolve("old"), Instant.parse("2025-01-01T00:00:00Z"));
    Certificates.Pair expired = old.server();
    Path place = directory.resolve("bad");

    int exitCode =
        terminal.run(
            "serve",
            "--data",
            place,
            "--set",
            "tls.certificate=" + expired.certificate(),
            "--set",
            "tls.key=" + expired.key());

    assertThat(exitCode).isEqualTo(2);
    assertThat(terminal.err()).contains("section tls: certificate 1 in").contains("expired at");
  }

  @Test
  void shouldMakeCertificatesOnceAndForTheirOwnerOnly() throws IOException {
    // when
    Path dev = directory.resolve("made");
    int exitCode =
        terminal.run(
            "certificate",
            "create-dev",
            dev,
            "--client",
            "gateway=gw.example.com,spiffe://example.com/gw",
            "--client",
            "billing");

    // then
    assertThat(exitCode).as(terminal.err()).isZero();
    List<String> names =
        List.of(
            "ca.pem",
            "server.pem",
            "server.key",
            "gateway.pem",
            "gateway.key",
            "billing.pem",
            "billing.key");
    assertThat(terminal.out().lines().map(line -> Path.of(line).getFileName().toString()))
        .containsExactlyElementsOf(names);
    for (String name : names) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dev.resolve(name))))
          .isEqualTo("rw-------");
    }
    assertThat(dev.toFile().list()).hasSize(names.size());

    // and when they are there
    String before = Files.readString(dev.resolve("server.pem"));
    assertThat(terminal.run("certificate", "create-dev", dev)).isEqualTo(4);
    assertThat(terminal.err()).contains("ca.pem is there already");
    assertThat(Files.readString(dev.resolve("server.pem"))).isEqualTo(before);
    for (String bad : List.of("server", "../x", "a=b c", "")) {
      assertThat(
              terminal.run("certificate", "create-dev", directory.resolve("none"), "--client", bad))
          .as(bad)
          .isEqualTo(2);
    }
    assertThat(directory.resolve("none")).doesNotExist();
  }

  private static Object[] with(Object[] words, Object... more) {
    Object[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }
}
