package vellum.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.access.Role;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;

/** The API's description and a running node: the same routes, and every example works. */
final class DescriptionTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What an adjustment comes from: another price of a record whose month is closed. */
  private static final String LATER_PRICE =
      """
      {"record_id":"01a139bf-49c0-7000-8000-000000000001","started_at":"2026-10-14T09:30:00Z",
       "account":"acme","channel":"SMS","rating":{"version":2,"units":1,"unit_type":"SEGMENT",
       "sale_price_nanos":50000000,"currency":"EUR"}}
      """;

  @TempDir private static Path directory;

  private static Node node;
  private static Description description;

  /** Values that earlier answers gave to parameters, by operation and name. */
  private final Map<String, String> linked = new HashMap<>();

  @BeforeAll
  static void start() throws IOException {
    node = NodeFixture.open(directory.resolve("data"));
    description = new Description(Documents.description());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void shouldDescribeEveryRouteAndNoOther() {
    Set<String> described =
        description.operations().stream()
            .map(Description.Operation::name)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(described)
        .isEqualTo(
            NodeFixture.api(node).routes().stream()
                .map(ApiRoute::toString)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void shouldSayOfEachWriteThatItTakesAnIdempotencyKey() {
    Set<String> described =
        description.operations().stream()
            .filter(
                one ->
                    one.parameters().stream()
                        .anyMatch(each -> each.path("name").asText().equals("Idempotency-Key")))
            .map(Description.Operation::name)
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> kept =
        NodeFixture.api(node).routes().stream()
            .filter(ApiRoute::kept)
            .map(ApiRoute::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(described).isEqualTo(kept).hasSizeGreaterThan(10);
  }

  @Test
  void shouldNameTheRolesThatAreEnough() {
    Map<String, Description.Operation> described =
        description.operations().stream()
            .collect(Collectors.toMap(Description.Operation::name, one -> one));

    for (ApiRoute route : NodeFixture.api(node).routes()) {
      JsonNode operation = described.get(route.toString()).node();
      Set<String> roles = new TreeSet<>();
      operation.path("x-roles").forEach(role -> roles.add(role.asText()));
      assertThat(roles)
          .as(route.toString())
          .isEqualTo(
              route.roles().stream()
                  .filter(role -> role != Role.ADMINISTRATOR)
                  .map(Role::text)
                  .collect(Collectors.toCollection(TreeSet::new)));
      assertThat(operation.has("x-roles")).as(route.toString()).isEqualTo(!route.roles().isEmpty());
    }
  }

  @Test
  void shouldHaveUniqueNamesAndWords() {
    List<Description.Operation> all = description.operations();

    assertThat(all).extracting(Description.Operation::id).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(
            one -> {
              assertThat(one.node().path("summary").asText()).as(one.name()).isNotEmpty();
              assertThat(one.node().path("tags")).as(one.name()).hasSize(1);
              one.parameters()
                  .forEach(
                      each ->
                          assertThat(each.path("description").asText())
                              .as(one.name() + " " + each.path("name"))
                              .isNotEmpty());
            });
  }

  @Test
  void shouldRefuseWithoutTheTokenWhereItSaysSo() throws Exception {
    for (Description.Operation one : description.operations()) {
      boolean isOpen = one.node().has("security");
      HttpResponse<String> answer =
          NodeFixture.call(
              node.httpAddress(),
              "",
              one.method().toUpperCase(Locale.ROOT),
              one.path().replaceAll("\\{[a-z]+}", "1"),
              "");
      assertThat(answer.statusCode()).as(one.name()).isEqualTo(isOpen ? 200 : 401);
      assertThat(one.node().path("responses").has("401")).as(one.name()).isEqualTo(!isOpen);
      assertThat(one.node().path("responses").has("403")).as(one.name()).isEqualTo(!isOpen);
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldAnswerEveryExample() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Description.Operation one : description.operations()) {
      for (String example : one.examples()) {
        String name = one.name() + (example.isEmpty() ? "" : " " + example);
        tests.add(DynamicTest.dynamicTest(name, () -> send(one, example)));
      }
    }
    return tests.stream();
  }

  private void send(Description.Operation operation, String example) throws Exception {
    if (operation.id().equals("listAdjusted")) {
      HttpResponse<String> sent =
          NodeFixture.call(node.httpAddress(), node.token(), "POST", "/v1/records", LATER_PRICE);
      assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
    }
    String status = operation.status(example);
    Map<String, JsonNode> contents = description.contents(operation, status);
    contents
        .values()
        .forEach(
            content -> {
              JsonNode own = content.path("examples").path(example);
              if (!own.isMissingNode()) {
                assertThat(description.faults(content.path("schema"), own.path("value"))).isEmpty();
              }
            });
    for (Map.Entry<String, JsonNode> content : contents.entrySet()) {
      HttpResponse<String> answer =
          HTTP.send(request(operation, example, content.getKey()), bodies());
      assertThat(answer.statusCode()).as(answer.body()).hasToString(status);
      String type = answer.headers().firstValue("content-type").orElse("").split(";")[0];
      assertThat(type).isEqualTo(content.getKey());
      check(content.getKey(), content.getValue().path("schema"), answer.body());
      link(operation, status, answer.body());
    }
  }

  private static HttpResponse.BodyHandler<String> bodies() {
    return HttpResponse.BodyHandlers.ofString();
  }

  private static void check(String type, JsonNode schema, String body) throws IOException {
    List<String> values =
        switch (type) {
          case "application/json", "application/problem+json" -> List.of(body);
          case "application/x-ndjson" -> body.lines().toList();
          default -> List.of();
        };
    assertThat(body).isNotEmpty();
    for (String value : values) {
      assertThat(description.faults(schema, MAPPER.readTree(value))).as(value).isEmpty();
    }
  }

  /** Remembers what an answer hands to later operations. */
  private void link(Description.Operation operation, String status, String body)
      throws IOException {
    for (JsonNode link : operation.node().path("responses").path(status).path("links")) {
      for (Map.Entry<String, JsonNode> one : link.path("parameters").properties()) {
        String pointer = one.getValue().asText().replaceFirst("^\\$response\\.body#", "");
        String value = MAPPER.readTree(body).at(pointer).asText();
        assertThat(value).as(one.getValue().asText()).isNotEmpty();
        linked.put(link.path("operationId").asText() + " " + one.getKey(), value);
      }
    }
  }

  private HttpRequest request(Description.Operation operation, String example, String accept) {
    String path = operation.path();
    List<String> query = new ArrayList<>();
    HttpRequest.Builder request = HttpRequest.newBuilder().timeout(Duration.ofSeconds(40));
    request.header("Authorization", "Bearer " + node.token());
    request.header("Accept", accept);
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.path("name").asText();
      String value = value(operation, parameter, example);
      if (value != null) {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        switch (parameter.path("in").asText()) {
          case "path" -> path = path.replace("{" + name + "}", encoded);
          case "query" -> query.add(name + "=" + encoded);
          default -> request.header(name, value);
        }
      }
    }
    assertThat(path).as("every part of the path has an example").doesNotContain("{");
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.noBody();
    for (Map.Entry<String, JsonNode> content :
        operation.node().at("/requestBody/content").properties()) {
      JsonNode one = content.getValue().path("examples").path(example).path("value");
      if (!one.isMissingNode()) {
        if (!one.isTextual()) {
          assertThat(description.faults(content.getValue().path("schema"), one)).isEmpty();
        }
        request.header("Content-Type", content.getKey());
        body = HttpRequest.BodyPublishers.ofString(text(one));
      }
    }
    String end = query.isEmpty() ? "" : "?" + String.join("&", query);
    return request
        .uri(URI.create("http://127.0.0.1:" + node.httpAddress().getPort() + path + end))
        .method(operation.method().toUpperCase(Locale.ROOT), body)
        .build();
  }

  private String value(Description.Operation operation, JsonNode parameter, String example) {
    String name = parameter.path("name").asText();
    String value = linked.get(operation.id() + " " + name);
    JsonNode own = parameter.path("examples").path(example).path("value");
    JsonNode always = parameter.path("example");
    if (value != null) {
      return value;
    } else if (!own.isMissingNode()) {
      return own.asText();
    }
    return always.isMissingNode() ? null : always.asText();
  }

  /** Paths of the server's machine are put below the test's directory. */
  private static String text(JsonNode value) {
    String text = value.isTextual() ? value.asText() : value.toString();
    return text.replace("\"/mnt/", "\"" + directory + "/mnt/");
  }
}
