package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.ingest.node.SealedFixture.SECRET;
import static vellum.ingest.node.SealedFixture.json;
import static vellum.ingest.node.SealedFixture.refused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.access.AccountScope;
import vellum.core.access.Role;
import vellum.core.crypto.KekFiles;
import vellum.core.disk.RealDisk;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.TrafficGenerator;
import vellum.ingest.server.Peer;
import vellum.v1.Failure;
import vellum.v1.FailureCode;

/** A node without the secret of its keys: what it says and takes, until it is given that. */
@Timeout(120)
final class SealedStartTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private static Path shared;

  @TempDir private Path directory;

  private static Path made;
  private static String operator;
  private static String producer;

  /** Keys that {@link SealedFixture#SECRET} opens, and tokens. */
  @BeforeAll
  static void make() throws Exception {
    made = shared.resolve("data");
    try (SealedFixture sealed = SealedFixture.begin(made)) {
      refused(sealed.unseal(SECRET), 409, "NO_KEY_YET");
      refused(sealed.unsealFirst("too short"), 400, "BAD_SECRET");
      assertThat(made.resolve("kek/current.kek")).doesNotExist();
      // when
      HttpResponse<String> first = sealed.unsealFirst(SECRET);
      // then
      assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
      assertThat(json(first).get("unsealed").asBoolean()).isTrue();
      Node node = sealed.node().orElseThrow();
      assertThat(node.httpAddress()).isEqualTo(sealed.start.httpAddress());
      assertThat(node.tcpAddress()).isEqualTo(sealed.start.tcpAddress());
      assertThat(sealed.call("", "GET", "/readyz", "").statusCode()).isEqualTo(200);
      refused(sealed.unseal(SECRET), 409, "NOT_SEALED");
      operator = NodeFixture.token(node, "on-call", Set.of(Role.OPERATOR), AccountScope.EVERY);
      producer = NodeFixture.token(node, "smsc", Set.of(Role.PRODUCER), AccountScope.EVERY);
    }
  }

  /** A data directory of one's own. */
  private Path copy() throws IOException {
    Path data = directory.resolve("data");
    try (Stream<Path> files = Files.walk(made)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file,
            data.resolve(made.relativize(file).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return data;
  }

  @Test
  void shouldSayThatItIsSealedAndDoNothingElse() throws Exception {
    // given
    Path data = directory.resolve("data");
    try (SealedFixture sealed = SealedFixture.begin(data)) {
      assertThat(sealed.start.isSealed()).isTrue();
      String token = sealed.start.token();
      // then: the probes
      assertThat(sealed.call("", "GET", "/livez", "").statusCode()).isEqualTo(200);
      HttpResponse<String> ready = sealed.call("", "GET", "/readyz", "");
      refused(ready, 503, "NOT_READY");
      assertThat(json(ready).at("/reasons/0/code").asText()).isEqualTo("SEALED");
      assertThat(json(ready).get("reasons")).hasSize(1);
      // then: figures, of what is there
      assertThat(sealed.call("", "GET", "/metrics", "").statusCode()).isEqualTo(401);
      String figures = sealed.call(token, "GET", "/metrics", "").body();
      assertThat(figures.lines())
          .contains("vellum_ready 0.0", "vellum_not_ready{reason=\"SEALED\"} 1.0")
          .contains("vellum_not_ready{reason=\"DISK_LOW\"} 0.0")
          .anyMatch(line -> line.startsWith("vellum_disk_free_bytes "))
          .anyMatch(line -> line.startsWith("vellum_ingest_connections "))
          .anyMatch(line -> line.startsWith("jvm_memory_used_bytes"))
          .noneMatch(line -> line.startsWith("vellum_journal_"));
      // then: everything else, to anybody
      for (String path : List.of("/v1/status", "/v1/records?account=a", "/v1/keys", "/nothing")) {
        refused(sealed.call("", "GET", path, ""), 503, "SEALED");
        refused(sealed.call(token, "GET", path, ""), 503, "SEALED");
      }
      HttpResponse<String> records = sealed.call(token, "POST", "/v1/records", "{}");
      refused(records, 503, "SEALED");
      assertThat(records.headers().firstValue("retry-after")).hasValue("1");
      assertThat(json(records).get("detail").asText()).contains("vellum key unseal");
      // then: producers
      try (Peer peer = new Peer(sealed.start.tcpAddress().getPort())) {
        peer.send(Peer.hello());
        Failure failure = peer.failure();
        assertThat(failure.getCode()).isEqualTo(FailureCode.SEALED);
        assertThat(failure.getRetryAfterMs()).isEqualTo(1_000);
      }
      assertThat(sealed.call(token, "GET", "/metrics", "").body())
          .contains("vellum_ingest_failures_total{code=\"SEALED\"} 1.0");
    }
    assertThat(data.resolve("keys")).doesNotExist();
    assertThat(data.resolve("journal")).doesNotExist();
  }

  @Test
  void shouldTakeWhatAProducerSentWhileItWasSealed() throws Exception {
    // given
    Path data = copy();
    TrafficGenerator traffic = NodeFixture.traffic(3, 200);
    try (SealedFixture sealed = SealedFixture.begin(data);
        VellumClient client =
            NodeFixture.client(sealed.start.tcpAddress(), sealed.start.token(), 1)) {
      NodeFixture.Tally tally = new NodeFixture.Tally();
      while (traffic.next()) {
        client.send(traffic.record(), tally);
      }
      awaitFigure(sealed, "vellum_ingest_failures_total{code=\"SEALED\"}");
      // when
      assertThat(sealed.unseal(SECRET).statusCode()).isEqualTo(200);
      client.flush(Duration.ofSeconds(30));
      // then
      assertThat(tally.taken.get()).isEqualTo(traffic.messages());
      assertThat(sealed.node()).isPresent();
    }
  }

  private static void awaitFigure(SealedFixture sealed, String figure) throws Exception {
    String figures;
    do {
      figures = sealed.call(sealed.start.token(), "GET", "/metrics", "").body();
    } while (figures.contains(figure + " 0.0"));
    assertThat(figures).contains(figure);
  }

  @Test
  void shouldStaySealedAtAWrongSecretAndTryNoneAfterTooMany() throws Exception {
    Path data = copy();
    try (SealedFixture sealed = SealedFixture.begin(data, "access.failed_attempts=2")) {
      // when
      refused(sealed.unsealFirst(SECRET), 409, "KEY_EXISTS");
      refused(sealed.unseal("a wrong passphrase"), 403, "WRONG_SECRET");
      refused(sealed.unseal("another wrong passphrase"), 403, "WRONG_SECRET");
      // then: the right one is not tried either, for a while
      HttpResponse<String> third = sealed.unseal(SECRET);
      refused(third, 429, "TOO_MANY_ATTEMPTS");
      assertThat(third.headers().firstValueAsLong("retry-after").orElse(0)).isBetween(1L, 31L);
      assertThat(json(sealed.call("", "GET", "/readyz", "")).at("/reasons/0/code").asText())
          .isEqualTo("SEALED");
      // then: who may try at all
      var body = MAPPER.createObjectNode().put("secret", SECRET);
      assertThat(sealed.unseal("", body).statusCode()).isEqualTo(401);
      assertThat(sealed.unseal("vellum_unknown", body).statusCode()).isEqualTo(401);
      refused(sealed.unseal(producer, body), 403, "FORBIDDEN");
      refused(sealed.unseal(operator, MAPPER.createObjectNode()), 400, "BAD_SECRET");
      assertThat(sealed.unseal(operator, body).statusCode()).isEqualTo(200);
      // then: the trail
      Node node = sealed.node().orElseThrow();
      assertThat(trail(node))
          .containsSubsequence(
              "administrator REFUSED the key", // NO_KEY_YET
              "administrator REFUSED a first key", // too short
              "administrator BEGUN a first key",
              "administrator REFUSED a first key", // KEY_EXISTS
              "administrator BEGUN the key",
              "administrator REFUSED the key",
              "administrator BEGUN the key",
              "administrator REFUSED the key",
              "on-call BEGUN the key")
          .hasSize(14)
          .last()
          .asString()
          .startsWith("on-call DONE key ");
    }
  }

  /** Entries about unsealing: who, how it went, what about. */
  private static List<String> trail(Node node) throws Exception {
    List<String> entries = new ArrayList<>();
    HttpResponse<String> page =
        NodeFixture.call(node.httpAddress(), node.token(), "GET", "/v1/audit?limit=1000", "");
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(page.body()).doesNotContain(SECRET);
    for (JsonNode one : json(page).get("entries")) {
      JsonNode entry = one.get("entry");
      if (entry.path("event").asText().equals("KEY_UNSEALED")) {
        entries.add(
            entry.path("who").asText()
                + " "
                + entry.path("outcome").asText()
                + " "
                + entry.path("about").asText());
      }
    }
    return entries;
  }

  @Test
  void shouldWaitForTheRightSecretAndNameAKeyThatIsDamaged() throws Exception {
    // given
    Path data = copy();
    Path key = data.resolve("keys/audit.signing");
    byte[] whole = Files.readAllBytes(key);
    Files.writeString(key, "garbled");
    Path file = SealedFixture.secretFile(directory.resolve("wrong"), "a wrong passphrase");
    try (SealedFixture sealed = SealedFixture.begin(data, "keys.secret_file=" + file)) {
      assertThat(sealed.start.isSealed()).isTrue();
      assertThat(json(sealed.call("", "GET", "/readyz", "")).at("/reasons/0/text").asText())
          .contains("keys.secret_file does not open the keys");
      // when
      HttpResponse<String> damaged = sealed.unseal(SECRET);
      // then
      refused(damaged, 500, "KEYS_DAMAGED");
      assertThat(json(damaged).get("detail").asText()).contains("audit.signing");
      assertThat(json(sealed.call("", "GET", "/readyz", "")).at("/reasons/0/code").asText())
          .isEqualTo("SEALED");
      // when
      Files.write(key, whole);
      // then
      assertThat(sealed.unseal(SECRET).statusCode()).isEqualTo(200);
      assertThat(trail(sealed.node().orElseThrow()))
          .containsSubsequence(
              "vellum BEGUN the secret of keys.secret_file",
              "vellum REFUSED the secret of keys.secret_file",
              "administrator BEGUN the key",
              "administrator FAILED the key",
              "administrator BEGUN the key");
    }
  }

  @Test
  void shouldTakeNoPassphraseForKeysOfAFileUnlessItIsSaidToBeTheFirst() throws Exception {
    // given
    Path data = directory.resolve("data");
    Files.createDirectory(
        data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createDirectory(data.resolve("kek"));
    KekFiles.open(data.resolve("kek/current.kek"), new RealDisk(), new SecureRandom()).close();
    try (SealedFixture sealed = SealedFixture.begin(data)) {
      // then
      refused(sealed.unseal(SECRET), 409, "NO_KEY_YET");
      assertThat(sealed.unsealFirst(SECRET).statusCode()).isEqualTo(200);
      assertThat(sealed.node()).isPresent();
    }
    assertThat(Files.readString(data.resolve("kek/current.kek")))
        .startsWith("vellum key-encryption-passphrase 1");
  }

  @Test
  void shouldGiveEverythingBackWhenItIsStoppedWhileSealed() throws Exception {
    Path data = copy();
    SealedFixture sealed = SealedFixture.begin(data);
    assertThat(data.resolve("endpoint.json")).exists();
    // when
    sealed.close();
    // then
    assertThat(sealed.node()).isEmpty();
    assertThat(data.resolve("endpoint.json")).doesNotExist();
    NodeConfig same =
        SealedFixture.config(data)
            .withPorts(sealed.start.tcpAddress().getPort(), sealed.start.httpAddress().getPort());
    try (NodeStart again = NodeStart.begin(same, InstantSource.fixed(NodeFixture.NOW), () -> {})) {
      assertThat(again.isSealed()).isTrue();
    }
  }
}
