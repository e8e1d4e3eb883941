package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vellum.core.access.AccountScope;
import vellum.core.access.Role;
import vellum.ingest.api.ApiRoute;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.TrafficGenerator;

/** Every role on every route of a running server, against the table of docs/SECURITY.md. */
final class RolesTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String SOME_ID = "0193514e-0000-7000-8000-000000000000";

  @TempDir private static Path directory;

  private static Node node;
  private static Map<String, Row> table;
  private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);
  private static String recordId;
  private static String account;

  /** A row of the table. */
  private record Row(Set<Role> roles, boolean itself, String bound) {}

  @BeforeAll
  static void start() throws Exception {
    node = NodeFixture.open(directory.resolve("data"));
    table = table();
    for (Role role : Role.values()) {
      TOKENS.put(role, NodeFixture.token(node, role.text(), Set.of(role), AccountScope.EVERY));
    }
    TrafficGenerator look = NodeFixture.traffic(5, 50);
    assertThat(look.next()).isTrue();
    recordId = look.record().getRecordId();
    account = look.record().getAccount();
    try (VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 1)) {
      NodeFixture.sendAll(client, NodeFixture.traffic(5, 50));
    }
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Map<String, Row> table() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("..", "docs", "SECURITY.md"));
    int marker = 0;
    while (!lines.get(marker).startsWith("<!-- routes:")) {
      marker++;
    }
    List<String> head = cells(lines.get(marker + 2));
    Map<String, Row> rows = new LinkedHashMap<>();
    for (int i = marker + 4; lines.get(i).startsWith("|"); i++) {
      List<String> cells = cells(lines.get(i));
      Set<Role> roles = EnumSet.noneOf(Role.class);
      boolean itself = cells.contains("x!");
      for (int column = 1; column < cells.size() - 1; column++) {
        assertThat(cells.get(column)).isIn(itself ? "x!" : "x", "");
        if (!cells.get(column).isEmpty()) {
          roles.add(Role.of(head.get(column)));
        }
      }
      if (!itself) {
        roles.add(Role.ADMINISTRATOR);
      }
      String route = cells.get(0).replace("`", "");
      assertThat(rows.put(route, new Row(roles, itself, cells.get(cells.size() - 1)))).isNull();
    }
    return rows;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  @Test
  void shouldDocumentEveryRoute() {
    List<String> routes = node.api.routes().stream().map(ApiRoute::toString).toList();

    assertThat(table.keySet()).containsExactlyInAnyOrderElementsOf(routes);
    for (ApiRoute route : node.api.routes()) {
      Row row = table.get(route.toString());
      boolean open = route.roles().isEmpty();
      assertThat(route.itself()).as(route.toString()).isEqualTo(row.itself());
      assertThat(row.bound()).as(route.toString()).isEqualTo(open ? "anybody" : route.bound());
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void shouldLetARoleDoWhatTheTableSaysAndNothingElse(Role role) throws Exception {
    for (Map.Entry<String, Row> entry : table.entrySet()) {
      HttpResponse<String> answer = call(TOKENS.get(role), entry.getKey(), "", "{}");
      String what = role + " " + entry.getKey() + ": " + answer.body();
      if (entry.getValue().roles().contains(role)) {
        assertThat(answer.statusCode()).as(what).isNotIn(401, 403, 500);
      } else {
        assertThat(answer.statusCode()).as(what).isEqualTo(403);
        JsonNode problem = MAPPER.readTree(answer.body());
        assertThat(problem.get("code").textValue()).isEqualTo("FORBIDDEN");
        Set<String> enough =
            entry.getValue().roles().stream().map(Role::text).collect(Collectors.toSet());
        assertThat(texts(problem.get("roles"))).containsExactlyInAnyOrderElementsOf(enough);
        enough.forEach(one -> assertThat(problem.get("detail").textValue()).contains(one));
      }
    }
  }

  @Test
  void shouldKnowNobodyWithoutAToken() throws Exception {
    for (Map.Entry<String, Row> entry : table.entrySet()) {
      HttpResponse<String> answer = call("", entry.getKey(), "", "{}");
      boolean open = entry.getValue().bound().equals("anybody");
      assertThat(answer.statusCode()).as(entry.getKey()).isEqualTo(open ? 200 : 401);
      if (!open) {
        assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Bearer");
      }
    }
    assertThat(call("", "GET /v1/nothing", "", "").statusCode()).isEqualTo(401);
    assertThat(call(TOKENS.get(Role.AUDITOR), "GET /v1/nothing", "", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void shouldKeepABoundTokenToItsAccounts() throws Exception {
    String token =
        NodeFixture.token(
            node,
            "bound",
            EnumSet.complementOf(EnumSet.of(Role.ADMINISTRATOR)),
            new AccountScope(Set.of("mine", "also")));
    for (Map.Entry<String, Row> entry : table.entrySet()) {
      String route = entry.getKey();
      if (entry.getValue().roles().size() == 1) {
        continue; // The administrator's, who cannot be bound.
      }
      switch (entry.getValue().bound()) {
        case "anybody", "rows" -> allowed(call(token, route, "", "{}"));
        case "no" -> {
          beyond(call(token, route, "", "{}"));
          beyond(call(token, route, "?account=mine", "{\"account\":\"mine\"}"));
        }
        case "path" -> {
          allowed(call(token, route.replace("{id}", "mine"), "", ""));
          beyond(call(token, route.replace("{id}", "theirs"), "", ""));
        }
        case "query" -> {
          allowed(call(token, route, "?account=mine", ""));
          for (String query :
              List.of(
                  "",
                  "?account=",
                  "?account=theirs",
                  "?ACCOUNT=theirs",
                  "?account=mine&account=theirs",
                  "?account=mine&ACCOUNT=theirs",
                  "?supplier=s")) {
            beyond(call(token, route, query, ""));
          }
        }
        case "body" -> {
          allowed(call(token, route, "", "{\"account\":\"mine\"}"));
          for (String body :
              List.of(
                  "{}",
                  "{\"all\":\"accounts\"}",
                  "{\"supplier\":\"s\"}",
                  "{\"account\":\"theirs\"}",
                  "{\"where\":{\"account\":[\"theirs\"]}}",
                  "{\"account\":\"mine\",\"where\":{\"ACCOUNT\":[\"theirs\"]}}")) {
            beyond(call(token, route, "?account=mine", body));
          }
        }
        default -> throw new AssertionError(entry.getValue().bound());
      }
    }
  }

  private static void allowed(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.uri() + answer.body()).isNotIn(401, 403, 500);
  }

  private static void beyond(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.uri() + answer.body()).isEqualTo(403);
    assertThat(MAPPER.readTree(answer.body()).get("code").textValue())
        .isEqualTo("ACCOUNT_NOT_ALLOWED");
  }

  @Test
  void shouldShowIdentitiesToWhomTheyAreShown() throws Exception {
    Map<Role, String> seen = new EnumMap<>(Role.class);
    Map<Role, String> revealed = new EnumMap<>(Role.class);
    Set<Role> roles = table.get("GET /v1/records/{id}").roles();
    for (Role role : roles) {
      seen.put(role, identities(role, ""));
      revealed.put(role, identities(role, "?reveal=true&reason=test"));
    }

    assertThat(seen)
        .isEqualTo(
            Map.of(
                Role.ADMINISTRATOR, "masked",
                Role.BILLING, "absent",
                Role.SUPPORT, "masked",
                Role.PRIVACY, "masked",
                Role.DISCLOSURE, "masked"));
    assertThat(revealed)
        .isEqualTo(
            Map.of(
                Role.ADMINISTRATOR, "clear",
                Role.BILLING, "FORBIDDEN",
                Role.SUPPORT, "FORBIDDEN",
                Role.PRIVACY, "clear",
                Role.DISCLOSURE, "clear"));
    HttpResponse<String> list =
        call(
            TOKENS.get(Role.BILLING),
            "GET /v1/records",
            "?from=2026-11-01&to=2026-12-01&account="
                + URLEncoder.encode(account, StandardCharsets.UTF_8),
            "");
    assertThat(list.statusCode()).as(list.body()).isEqualTo(200);
    assertThat(list.body()).contains("\"identities\":\"absent\"").doesNotContain("\"masked\"");
  }

  private static String identities(Role role, String query) throws Exception {
    JsonNode answer =
        MAPPER.readTree(call(TOKENS.get(role), "GET /v1/records/" + recordId, query, "").body());
    return answer.has("code")
        ? answer.get("code").textValue()
        : answer.at("/records/0/identities").textValue();
  }

  @Test
  void shouldLetOnlyThosePeopleBeFoundByWhoMay() throws Exception {
    String from = "{\"account\":\"" + account + "\",\"from\":\"2026-11-01\",\"to\":\"2026-12-01\"";
    String find = "POST /v1/usage/find";
    for (String who : List.of(",\"actor\":\"jane@acme.example\"}", ",\"ip\":\"192.0.2.1\"}")) {
      assertThat(call(TOKENS.get(Role.SUPPORT), find, "", from + who).statusCode()).isEqualTo(403);
      assertThat(call(TOKENS.get(Role.PRIVACY), find, "", from + who).statusCode()).isEqualTo(200);
    }
    assertThat(call(TOKENS.get(Role.SUPPORT), find, "", from + "}").statusCode()).isEqualTo(200);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.textValue()));
    return texts;
  }

  private static HttpResponse<String> call(String token, String route, String query, String body)
      throws IOException, InterruptedException {
    String method = route.substring(0, route.indexOf(' '));
    String path =
        route
            .substring(route.indexOf(' ') + 1)
            .replace("{id}", SOME_ID)
            .replace("{file}", "README.txt")
            .replace("{period}", "2026-10")
            .replace("{number}", "99");
    boolean hasBody = method.equals("POST") || method.equals("PUT");
    return NodeFixture.call(node.httpAddress(), token, method, path + query, hasBody ? body : "");
  }
}
