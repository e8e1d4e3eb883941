package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.access.AccountScope;
import vellum.core.access.Role;
import vellum.core.crypto.DevelopmentAgency;
import vellum.core.crypto.DevelopmentAuthority.Issued;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;

/** An order from its entry to the agency's check, on a real node, with two people. */
final class OrderCommandsTest {

  private static final String ANNA = "+491701234567";
  private static final String AUTHORITIES =
      """
      format: 1
      home: [DE]
      authorities:
        - {id: court, name: a court, country: DE, type: court, verified: true}
        - {id: bureau, name: a bureau, country: US, type: police, verified: true}
      """;

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private Node node;
  private Path numbers;
  private Path agency;
  private Path key;
  private String ann;
  private String bob;

  @BeforeEach
  void start() throws Exception {
    Path table = Files.writeString(directory.resolve("authorities.yaml"), AUTHORITIES);
    numbers = Files.writeString(directory.resolve("numbers.txt"), "# whom\n+49 170 1234567\n");
    Issued made =
        DevelopmentAgency.make(
            DevelopmentAgency.Key.P_256,
            NodeFixture.NOW.minus(Duration.ofDays(1)),
            new SecureRandom());
    agency = Files.writeString(directory.resolve("agency.pem"), made.certificate());
    key = Files.writeString(directory.resolve("agency.key"), made.key());
    node =
        Node.open(
            NodeFixture.config(directory.resolve("data"), "cases.authorities=" + table),
            InstantSource.fixed(NodeFixture.NOW));
    ann = NodeFixture.token(node, "ann", Set.of(Role.DISCLOSURE), AccountScope.EVERY);
    bob =
        NodeFixture.token(node, "bob", Set.of(Role.APPROVER, Role.DISCLOSURE), AccountScope.EVERY);
    terminal.with("VELLUM_SERVER", "http://127.0.0.1:" + node.httpAddress().getPort());
    for (int i = 0; i < 3; i++) {
      String record =
          """
          {"foreign_id":"m-%d","started_at":"2026-11-20T10:00:0%dZ","account":"acme",
           "channel":"SMS","submission":{"version":1,
           "sender":{"identifiers":[{"kind":"ALPHANUMERIC","value":"ACME"}]},
           "recipient":{"identifiers":[{"kind":"E164","value":"%s"}]}}}
          """
              .formatted(i, i, i == 2 ? "+491709999999" : ANNA);
      var sent = NodeFixture.call(node.httpAddress(), node.token(), "POST", "/v1/records", record);
      assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
    }
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private int run(String token, Object... words) {
    terminal.with("VELLUM_TOKEN", token);
    int code = terminal.run(Stream.concat(Stream.of("order"), Stream.of(words)).toArray());
    assertThat(terminal.err()).doesNotContain("1701234567");
    return code;
  }

  private String create(Object... more) {
    assertThat(run(ann, create("court", "2026-12-24", more))).as(terminal.err()).isZero();
    return terminal.out().strip();
  }

  private Object[] create(String authority, String deadline, Object... more) {
    return Stream.concat(
            Stream.of(
                "create",
                "--authority",
                authority,
                "--basis",
                "section 100g",
                "--reference",
                "5 Js 12/26",
                "--deadline",
                deadline,
                "--subjects",
                numbers,
                "--from",
                "2026-11-01",
                "--to",
                "2026-11-21",
                "--agency",
                agency),
            Stream.of(more))
        .toArray();
  }

  private void refused(String code) {
    assertThat(terminal.err()).contains(code + ":");
  }

  @Test
  void shouldDiscloseWithFourEyesAndProveIt() throws IOException {
    // given
    String id = create();
    assertThat(id).matches("O-[0-9A-Z]{8}");

    // when, then: nothing runs before another person agrees
    assertThat(run(ann, "run", id)).isEqualTo(4);
    refused("NOT_APPROVED");
    assertThat(run(ann, "submit", id)).isZero();
    assertThat(run(ann, "run", id)).isEqualTo(4);
    refused("NOT_APPROVED");
    assertThat(run(ann, "approve", id)).isEqualTo(4);
    assertThat(run(bob, "approve", id, "--digest", "0".repeat(64))).isEqualTo(4);
    refused("SCOPE_CHANGED");
    assertThat(run(bob, "approve", id)).isZero();
    assertThat(run(ann, "deliver", id, "--to", directory.resolve("early"))).isEqualTo(4);
    refused("WRONG_STATE");
    assertThat(run(ann, "run", id)).as(terminal.err()).isZero();
    assertThat(terminal.out().lines().toList().get(1)).contains(id, "READY", "2");

    // and: handed over, twice, and checked by its receiver
    Path to = directory.resolve("package");
    assertThat(run(ann, "deliver", id, "--to", to)).as(terminal.err()).isZero();
    assertThat(run(ann, "deliver", id, "--to", directory.resolve("again"))).isZero();
    assertThat(run(ann, "deliver", id, "--to", to)).isEqualTo(2);
    assertThat(run(ann, "verify", to, "--key", key)).as(terminal.err()).isZero();
    try (Stream<Path> files = Files.list(to)) {
      for (Path file : files.toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.US_ASCII))
            .doesNotContain("1701234567");
      }
    }

    // and: the journal knows, and names nobody
    assertThat(run(ann, "journal", "--year", "2026")).isZero();
    assertThat(terminal.out().lines()).hasSize(3);
    assertThat(terminal.out()).contains(id, "court", "DE", "bob");
    assertThat(run(ann, "journal", "--by", "country", "--output", "csv")).isZero();
    assertThat(terminal.out().lines().toList().get(1)).startsWith("DE,1,2,");
    assertThat(run(ann, "list", "--state", "delivered")).isZero();
    assertThat(terminal.out()).contains(id).doesNotContain("1701234567");
    assertThat(run(bob, "show", id, "--output", "json")).isZero();
    assertThat(terminal.out()).contains(ANNA);
  }

  @Test
  void shouldRefuseWhoEnteredItEvenWithTheRole() {
    String id = create();
    assertThat(run(bob, create("court", "2026-12-24"))).isZero();
    String own = terminal.out().strip();
    assertThat(run(bob, "submit", own)).isZero();

    assertThat(run(bob, "approve", own)).isEqualTo(4);
    refused("SAME_PERSON");
    assertThat(run(ann, "submit", id)).isZero();
    assertThat(run(bob, "reject", id)).isZero();
    assertThat(terminal.err()).contains("dry run");
    assertThat(run(bob, "reject", id, "--yes", "--reason", "no basis")).isZero();
    assertThat(run(ann, "run", id)).isEqualTo(4);
    refused("WRONG_STATE");
    assertThat(run(node.token(), "list")).isEqualTo(4);
  }

  @Test
  void shouldRefuseBadOrdersWithTheirReason() throws IOException {
    assertThat(run(ann, create("nobody", "2026-12-24"))).isEqualTo(4);
    refused("UNKNOWN_AUTHORITY");
    assertThat(run(ann, create("bureau", "2026-12-24"))).isEqualTo(4);
    refused("FOREIGN_REFUSED");
    assertThat(run(ann, create("court", "2026-12-24", "--country", "XX"))).isEqualTo(4);
    refused("UNKNOWN_COUNTRY");
    assertThat(run(ann, create("court", "2026-11-21"))).isEqualTo(4);
    refused("DEADLINE_PASSED");
    Files.writeString(numbers, "+49\n");
    assertThat(run(ann, create("court", "2026-12-24"))).isEqualTo(4);
    refused("BAD_SUBJECT");
    Files.writeString(numbers, ANNA);
    Issued old =
        DevelopmentAgency.make(
            DevelopmentAgency.Key.P_256, Instant.parse("2020-01-01T00:00:00Z"), new SecureRandom());
    Files.writeString(agency, old.certificate());
    assertThat(run(ann, create("court", "2026-12-24"))).isEqualTo(4);
    refused("CERTIFICATE_EXPIRED");
    assertThat(run(ann, "list", "--all")).isZero();
    assertThat(terminal.out().lines()).hasSize(1);
  }

  @Test
  void shouldTakeSubjectsFromStandardInput() {
    Object[] words = create("court", "2026-12-24", "--dry-run");
    List<Object> piped = new ArrayList<>(List.of(words));
    piped.set(piped.indexOf(numbers), "-");
    terminal.typing(ANNA + "\n");

    assertThat(run(ann, piped.toArray())).as(terminal.err()).isZero();
    assertThat(terminal.err()).contains("would be taken");
  }
}
