package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.access.AccountScope;
import vellum.core.access.Role;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.period.ContentFinder;
import vellum.core.period.RecordFinder;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.search.Found;
import vellum.core.search.Reach;
import vellum.core.search.ScopeSearch;
import vellum.core.search.SearchParts;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.MovedClock;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Party;
import vellum.v1.Submission;

/** Holds in a whole node: over HTTP, through the end of a month, up to their release. */
final class HoldsNodeTest {

  private static final String HELD = "+491701234567";
  private static final String OTHER = "+491707654321";

  /** Ten days before the identities of November 2025 go. */
  private static final Instant NOW = NodeFixture.NOW;

  private static final Instant STARTED = Instant.parse("2025-11-10T08:00:00Z");
  private static final MonthId MONTH = MonthId.parse("2025-11.default");
  private static final Instant DEADLINE = Instant.parse("2026-12-01T00:00:00Z");
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path directory;
  private final MovedClock clock = new MovedClock(InstantSource.system(), System::nanoTime, NOW);
  private Node node;
  private String privacy;
  private String disclosure;
  private long epoch;

  @BeforeEach
  void open() throws Exception {
    node = Node.open(NodeFixture.config(directory.resolve("data")), clock, clock::nanos);
    privacy = NodeFixture.token(node, "jane", Set.of(Role.PRIVACY), AccountScope.EVERY);
    disclosure = NodeFixture.token(node, "dora", Set.of(Role.DISCLOSURE), AccountScope.EVERY);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private HttpResponse<String> call(String token, String method, String path, String body)
      throws Exception {
    return NodeFixture.call(node.httpAddress(), token, method, path, body);
  }

  private JsonNode ok(String token, String method, String path, String body) throws Exception {
    HttpResponse<String> answer = call(token, method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return MAPPER.readTree(answer.body());
  }

  private static String order(String reach, boolean secret) {
    return """
        {"type":"preservation_order","reach":"%s","scope":{"subjects":["%s"],
         "from":"2025-01-01","to":"2027-01-01"},"legal_basis":"a court's order",
         "reference":"77 Js 12/26","expires_at":"2027-05-01","secret":%s,"reason":"order received"}
        """
        .formatted(reach, HELD, secret);
  }

  private static DetailRecord record(String recipient, int number) {
    long millis = STARTED.plusSeconds(number).toEpochMilli();
    return DetailRecord.newBuilder()
        .setRecordId(RecordId.derived(millis, "acme", recipient + number).toString())
        .setStartedAt(com.google.protobuf.util.Timestamps.fromMillis(millis))
        .setAccount("acme")
        .setChannel(Channel.SMS)
        .setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setRecipient(
                    Party.newBuilder()
                        .addIdentifiers(
                            Identifier.newBuilder()
                                .setKind(IdentifierKind.E164)
                                .setValue(recipient))))
        .build();
  }

  private void send(String recipient, int from, int to) {
    NodeFixture.Tally tally = new NodeFixture.Tally();
    try (VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), ++epoch)) {
      for (int number = from; number < to; number++) {
        client.send(record(recipient, number), tally);
      }
      client.flush(Duration.ofSeconds(30));
    }
    assertThat(tally.taken.get()).isEqualTo(to - from);
  }

  /** Records that the held number took part in, by where they are found. */
  private List<Found> found(String number, SortedSet<MonthId> vaults) {
    Vault vault = node.vault;
    ScopeSearch search =
        new ScopeSearch(
            new SearchParts(
                new RecordFinder(vault.months(), vault.policy().calendar(), vault.keys().ring()),
                vault.months(),
                vault.held().periods(),
                vault.keys().ring(),
                vault.policy().calendar(),
                new ContentFinder(vault.months(), vault.keys().ring())));
    CaseScope scope =
        new CaseScope(
            List.of(CaseSubject.of(CaseSubject.Kind.NUMBER, number)),
            Collections.emptySortedSet(),
            Instant.parse("2025-01-01T00:00:00Z"),
            Instant.parse("2027-01-01T00:00:00Z"),
            Set.of());
    List<Found> all = new ArrayList<>();
    var walk = search.walk(scope, new Reach(vaults, false), null);
    for (int page = 0; page < 100; page++) {
      var next = walk.next(1_000);
      all.addAll(next.records());
      if (next.next() == null) {
        return all;
      }
    }
    throw new AssertionError("the search has no end");
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private String state(String token, String id) {
    try {
      return ok(token, "GET", "/v1/holds/" + id, "").get("state").textValue();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private boolean isAt(Stage stage) {
    return node.vault.catalog().entry(MONTH).filter(one -> one.stage() == stage).isPresent();
  }

  @Test
  void shouldKeepAHeldNumberBeyondItsMonthAndNoLonger() throws Exception {
    // given: a hold of each kind, one of them secret
    send(HELD, 0, 20);
    send(OTHER, 100, 120);
    JsonNode placed = ok(disclosure, "POST", "/v1/holds", order("ongoing", true));
    String id = placed.get("id").textValue();
    MonthId vault = MonthId.parse(placed.get("vault").textValue());
    await("copied", () -> state(disclosure, id).equals("active"));
    assertThat(ok(disclosure, "GET", "/v1/holds/" + id, "").get("copied").longValue())
        .isEqualTo(20);
    JsonNode historic = ok(privacy, "POST", "/v1/holds", order("historic", false));
    MonthId historicVault = MonthId.parse(historic.get("vault").textValue());
    await("copied", () -> state(privacy, historic.get("id").textValue()).equals("active"));
    // when: more comes later, and the month is stripped
    send(HELD, 20, 30);
    clock.moveTo(DEADLINE.minus(Duration.ofDays(2)));
    await("copying", () -> isAt(Stage.COPYING_HOLDS));
    send(HELD, 30, 35);
    clock.moveTo(DEADLINE.plusSeconds(1));
    await("stripped", () -> isAt(Stage.ARCHIVED));
    // then: who may read the vault finds all, the historic hold what was there, others nothing
    assertThat(found(HELD, new TreeSet<>(Set.of(vault)))).hasSize(35);
    assertThat(found(HELD, new TreeSet<>(Set.of(historicVault)))).hasSize(20);
    assertThat(found(HELD, Collections.emptySortedSet())).isEmpty();
    assertThat(found(OTHER, new TreeSet<>(Set.of(vault)))).isEmpty();
    Found one = found(HELD, new TreeSet<>(Set.of(vault))).get(0);
    assertThat(one.record().getSubmission().getRecipient().getIdentifiers(0).getValue())
        .isEqualTo(HELD);
    // when: a restart, and the release of the secret one
    close();
    node = Node.open(NodeFixture.config(directory.resolve("data")), clock, clock::nanos);
    assertThat(found(HELD, new TreeSet<>(Set.of(vault)))).hasSize(35);
    ok(disclosure, "POST", "/v1/holds/" + id + "/release", "{\"reason\":\"order was lifted\"}");
    await("released", () -> state(disclosure, id).equals("released"));
    // then: it is gone, and the other is not
    assertThat(node.vault.keys().ring().destroyed(vault)).isTrue();
    assertThat(found(HELD, new TreeSet<>(Set.of(vault)))).isEmpty();
    assertThat(found(HELD, new TreeSet<>(Set.of(historicVault)))).hasSize(20);
    assertThat(holds()).containsExactly(historicVault.toString());
    JsonNode end = ok(disclosure, "GET", "/v1/holds/" + id, "").get("end");
    assertThat(end.get("records").longValue()).isEqualTo(35);
    assertThat(end.get("certificate").binaryValue()).isNotEmpty();
    String certificates = call(privacy, "GET", "/v1/retention/certificates", "").body();
    assertThat(certificates).contains("2025-11.default").doesNotContain("hold-");
  }

  /** Directories of vaults. */
  private List<String> holds() throws Exception {
    try (Stream<Path> all = Files.list(directory.resolve("data/holds"))) {
      return all.map(one -> one.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void shouldAnswerOfASecretHoldAsOfNone() throws Exception {
    // given
    JsonNode secret = ok(disclosure, "POST", "/v1/holds", order("ongoing", true));
    String known = secret.get("id").textValue();
    String unknown = known.equals("H-00000000") ? "H-00000001" : "H-00000000";
    String open = ok(privacy, "POST", "/v1/holds", order("ongoing", false)).get("id").textValue();
    await("copied", () -> state(disclosure, known).equals("active"));
    await("copied", () -> state(privacy, open).equals("active"));
    String root = node.token();
    long before = entries();
    // then: bytes and headers of every answer are those about one that never was
    for (String token : List.of(privacy, root)) {
      for (String[] one :
          new String[][] {
            {"GET", "/v1/holds/%s", ""},
            {"GET", "/v1/holds?cursor=%s", ""},
            {"POST", "/v1/holds/%s/release", "{\"dry_run\":true}"},
            {"POST", "/v1/holds/%s/release", "{\"reason\":\"why\"}"},
            {"POST", "/v1/holds/%s/extend", "{\"reason\":\"why\",\"expires_at\":\"2027-08-01\"}"},
            {"POST", "/v1/holds/%s/extend", "{\"reason\":\"why\",\"expires_at\":\"1999-08-01\"}"}
          }) {
        HttpResponse<String> mine = call(token, one[0], one[1].formatted(known), one[2]);
        HttpResponse<String> none = call(token, one[0], one[1].formatted(unknown), one[2]);
        assertThat(mine.statusCode()).as(one[1]).isEqualTo(404).isEqualTo(none.statusCode());
        assertThat(mine.body()).isEqualTo(none.body());
        assertThat(shape(mine)).isEqualTo(shape(none));
      }
    }
    assertThat(entries()).as("nothing of it stands in the trail").isEqualTo(before);
    assertThat(ids(ok(privacy, "GET", "/v1/holds?all=true", ""))).containsExactly(open);
    assertThat(ids(ok(root, "GET", "/v1/holds?all=true", ""))).containsExactly(open);
    assertThat(ids(ok(disclosure, "GET", "/v1/holds", ""))).containsExactlyInAnyOrder(known, open);
    assertThat(call(root, "GET", "/metrics", "").body()).contains("vellum_holds 1.0");
    // and: the trail has sealed entries only of the secret one
    String trail = call(root, "GET", "/v1/audit?limit=1000", "").body();
    assertThat(trail).contains(open).doesNotContain(known).doesNotContain("\"who\":\"dora\"");
    assertThat(trail).doesNotContain("hold-").doesNotContain("case-").doesNotContain("opened");
    String both =
        NodeFixture.token(node, "both", Set.of(Role.AUDITOR, Role.DISCLOSURE), AccountScope.EVERY);
    assertThat(call(both, "GET", "/v1/audit?limit=1000", "").body())
        .contains(known)
        .contains("\"opened\":{\"event\":\"HOLD_PLACED\"");
    assertThat(call(privacy, "GET", "/v1/retention/status", "").body()).doesNotContain("hold-");
    assertThat(call(root, "GET", "/v1/status", "").body()).doesNotContain("hold-");
  }

  private long entries() throws Exception {
    return ok(node.token(), "GET", "/v1/audit?last=0", "").get("size").longValue();
  }

  private static List<String> ids(JsonNode list) {
    List<String> ids = new ArrayList<>();
    list.get("holds").forEach(one -> ids.add(one.get("id").textValue()));
    return ids;
  }

  /** Headers but for the time. */
  private static List<String> shape(HttpResponse<String> answer) {
    return answer.headers().map().entrySet().stream()
        .filter(header -> !header.getKey().equals("date"))
        .map(header -> header.getKey() + header.getValue())
        .sorted()
        .toList();
  }

  @Test
  void shouldRefuseWhatIsNotAsItMustBeAndRepeatNoNumber() throws Exception {
    String good = order("ongoing", false);
    refused(good.replace("preservation_order", "hearsay"), 422, "BAD_HOLD");
    refused(good.replace("ongoing", "always"), 422, "BAD_HOLD");
    refused(good.replace("a court's order", " "), 422, "BAD_HOLD");
    refused(good.replace("order received", "calls of " + OTHER), 422, "BAD_HOLD");
    refused(good.replace("2027-05-01", "2026-11-01"), 422, "BAD_EXPIRY");
    refused(good.replace("2027-05-01", "2047-05-01"), 422, "BAD_EXPIRY");
    refused(good.replace("2027-05-01", "soon"), 400, "BAD_TIME");
    refused(good.replace(HELD, "+4917"), 422, "BAD_SUBJECT");
    refused(good.replace(HELD, "+49170*****67"), 422, "BAD_SUBJECT");
    refused(good.replace(HELD, "record:77"), 422, "BAD_RECORD_ID");
    refused(good.replace(HELD, "ip:192.0.2.1"), 422, "BAD_HOLD");
    refused(good.replace(HELD, "ip:here"), 422, "BAD_IP");
    refused(good.replace("\"" + HELD + "\"", ""), 422, "BAD_SCOPE");
    refused(good.replace("\"from\":\"2025-01-01\"", "\"from\":\"2027-01-01\""), 422, "BAD_SCOPE");
    refused(good.replace("\"from\"", "\"since\""), 400, "UNKNOWN_FIELD");
    refused(good.replace("\"secret\":false", "\"secret\":true"), 403, "FORBIDDEN");
    refused("{}", 422, "BAD_HOLD");
    assertThat(call(privacy, "GET", "/v1/holds/77", "").body()).contains("BAD_CASE_ID");
    assertThat(call(disclosure, "POST", "/v1/holds", good).statusCode()).isEqualTo(403);
    assertThat(ids(ok(privacy, "GET", "/v1/holds?all=true", ""))).isEmpty();
    String id = ok(privacy, "POST", "/v1/holds", good).get("id").textValue();
    ok(privacy, "POST", "/v1/holds/" + id + "/release", "{\"reason\":\"over\"}");
    HttpResponse<String> again =
        call(privacy, "POST", "/v1/holds/" + id + "/release", "{\"reason\":\"over\"}");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("HOLD_OVER");
    await("released", () -> state(privacy, id).equals("released"));
    String period = ok(privacy, "GET", "/v1/holds/" + id, "").get("vault").textValue();
    assertThat(call(privacy, "GET", "/v1/retention/certificates", "").body()).contains(period);
  }

  private void refused(String body, int status, String code) throws Exception {
    HttpResponse<String> answer = call(privacy, "POST", "/v1/holds", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Optional.of(MAPPER.readTree(answer.body()).get("code").textValue())).contains(code);
    assertThat(answer.body()).doesNotContain("4917");
  }
}
