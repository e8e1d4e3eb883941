package vellum.ingest.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.TrafficGenerator;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;

/** /metrics of a running server, and everything that is written by it: table, alerts, dashboard. */
final class MetricsTest {

  private static final Path OPERATIONS = Path.of("../docs/OPERATIONS.md");
  private static final Path ALERTS = Path.of("../config/prometheus/alerts.yaml");
  private static final Path ALERTS_TEST = Path.of("../config/prometheus/alerts_test.yaml");
  private static final Path DASHBOARD = Path.of("../config/grafana/vellum.json");

  /** Labels that Prometheus itself adds. */
  private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job");

  @TempDir private static Path directory;
  private static Node node;
  private static TrafficGenerator traffic;
  private static Scrape scrape;

  @BeforeAll
  static void measure() throws Exception {
    node = NodeFixture.open(directory.resolve("data"));
    traffic = NodeFixture.traffic(11, 5_000);
    try (VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 1)) {
      NodeFixture.sendAll(client, traffic);
    }
    get("/v1/records/count"); // Waits until all is applied.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    do {
      scrape = Scrape.read(get("/metrics").body());
    } while (!isComplete() && System.nanoTime() < deadline);
  }

  /**
   * A sample reads one part after the other: the first with all records may not have all forces.
   */
  private static boolean isComplete() {
    return scrape.count("vellum_records") == traffic.distinctRecords()
        && scrape.value("vellum_journal_force_seconds_count") > 0
        && scrape.value("vellum_apply_lag_batches") == 0;
  }

  @AfterAll
  static void close() {
    node.close();
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return NodeFixture.call(node.httpAddress(), node.token(), "GET", path, "");
  }

  @Test
  void shouldCountWhatWasDone() {
    assertThat(scrape.count("vellum_ingest_records_total")).isEqualTo(traffic.messages());
    assertThat(scrape.count("vellum_apply_messages_total")).isEqualTo(traffic.messages());
    assertThat(scrape.count("vellum_records")).isEqualTo(traffic.distinctRecords());
    assertThat(scrape.count("vellum_apply_outcomes_total", "outcome", "NEW"))
        .isEqualTo(traffic.distinctRecords());
    assertThat(scrape.count("vellum_apply_outcomes_total", "outcome", "DUPLICATE"))
        .isEqualTo(traffic.duplicates());
    assertThat(scrape.value("vellum_ingest_acks_total")).isPositive();
    assertThat(scrape.value("vellum_ingest_ack_seconds_count")).isPositive();
    assertThat(scrape.value("vellum_ingest_ack_seconds_bucket", "le", "+Inf"))
        .isEqualTo(scrape.value("vellum_ingest_ack_seconds_count"));
    assertThat(scrape.value("vellum_journal_force_seconds_count")).isPositive();
    assertThat(scrape.value("vellum_apply_lag_batches")).isZero();
    assertThat(scrape.value("vellum_ready")).isOne();
    assertThat(scrape.value("vellum_not_ready")).isZero();
    assertThat(scrape.value("vellum_periods", "stage", "LIVE")).isPositive();
    assertThat(scrape.value("vellum_identity_keys")).isPositive();
    assertThat(scrape.value("vellum_identity_oldest_seconds")).isGreaterThan(86_400);
    assertThat(scrape.value("vellum_identity_next_deadline_seconds")).isPositive();
    assertThat(scrape.value("vellum_retention_overdue")).isZero();
    assertThat(scrape.value("vellum_disk_free_bytes")).isPositive();
    assertThat(scrape.value("vellum_store_open", "store", "CONTROL")).isOne();
    assertThat(scrape.value("vellum_store_open", "store", "LIVE")).isPositive();
    assertThat(
            scrape.value(
                "vellum_http_requests_seconds_count",
                "route",
                "/v1/records/count",
                "status",
                "2xx"))
        .isOne();
  }

  @Test
  void shouldListEveryMetricOfOursInTheTable() throws IOException {
    // given
    List<String> rows = new ArrayList<>();
    scrape.families.forEach(
        (name, family) -> {
          if (name.startsWith("vellum_")) {
            String labels = String.join(", ", scrape.labels(name));
            rows.add("| `%s` | %s | %s | %s |".formatted(name, family.type, labels, family.help));
          }
        });
    // then
    assertThat(rows).hasSizeGreaterThan(50);
    assertThat(Files.readString(OPERATIONS).lines().filter(line -> line.startsWith("| `vellum_")))
        .containsExactlyElementsOf(rows);
  }

  @Test
  void shouldFollowPrometheusConventions() {
    scrape.families.forEach(
        (name, family) -> {
          assertThat(family.help).as(name).isNotBlank();
          if (family.type.equals("counter")) {
            assertThat(name).endsWith("_total");
          }
          assertThat(name).doesNotMatch(".*_(ms|millis|micros|nanos|kb|mb)(_total)?");
        });
  }

  @Test
  void shouldHaveNoAccountAndNoPersonInAnyLabel() {
    Pattern code = Pattern.compile("[A-Za-z0-9_ .:/*+'{}-]{0,64}");
    Set<String> names = new TreeSet<>();
    scrape.samples.forEach(
        (name, samples) -> {
          if (name.startsWith("vellum_")) {
            assertThat(samples).as(name).hasSizeLessThan(200);
            samples.forEach(sample -> names.addAll(sample.labels().keySet()));
            samples.forEach(
                sample ->
                    assertThat(sample.labels().values())
                        .as(name)
                        .allMatch(code.asMatchPredicate()));
          }
        });
    assertThat(names)
        .containsExactlyInAnyOrder(
            "code", "le", "outcome", "reason", "route", "stage", "status", "store", "version");
  }

  @Test
  void shouldHaveEveryMetricOfTheAlerts() throws IOException {
    for (JsonNode rule : rules()) {
      require(rule.get("alert").textValue(), rule.get("expr").textValue());
      assertThat(rule.at("/labels/severity").textValue()).isIn("page", "warn");
    }
  }

  @Test
  void shouldTestEveryAlertSilentAndLoud() throws IOException {
    Set<String> silent = new TreeSet<>();
    Set<String> loud = new TreeSet<>();
    for (JsonNode test : new YAMLMapper().readTree(ALERTS_TEST.toFile()).get("tests")) {
      for (JsonNode one : test.get("alert_rule_test")) {
        boolean isLoud = !one.get("exp_alerts").isEmpty();
        (isLoud ? loud : silent).add(one.get("alertname").textValue());
      }
    }
    Set<String> alerts = new TreeSet<>();
    rules().forEach(rule -> alerts.add(rule.get("alert").textValue()));
    assertThat(alerts).hasSizeGreaterThan(20);
    assertThat(loud).isEqualTo(alerts);
    assertThat(silent).isEqualTo(alerts);
  }

  @Test
  void shouldHaveEveryMetricOfTheDashboard() throws IOException {
    int queries = 0;
    for (JsonNode panel : new JsonMapper().readTree(DASHBOARD.toFile()).get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        require(panel.get("title").textValue(), target.get("expr").textValue());
        queries++;
      }
    }
    assertThat(queries).isGreaterThan(40);
  }

  @Test
  void shouldFindWhatAnExpressionAsksFor() {
    assertThat(
            Selectors.of(
                "sum by (a, b) (rate(x_total{a=\"1\", b!=\"2\"}[5m])) / on (a) y offset 1h > 1e3"))
        .containsExactly(
            new Selectors.Selector(
                "x_total",
                Map.of("a", new Selectors.Match("=", "1"), "b", new Selectors.Match("!=", "2"))),
            new Selectors.Selector("y", Map.of()));
  }

  private static List<JsonNode> rules() throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    for (JsonNode group : new YAMLMapper().readTree(ALERTS.toFile()).get("groups")) {
      group.get("rules").forEach(rules::add);
    }
    return rules;
  }

  /**
   * Each series that is asked for is there, with its labels, and with the values that are named.
   */
  private static void require(String where, String expression) {
    List<Selectors.Selector> selectors = Selectors.of(expression);
    assertThat(selectors).as(where).isNotEmpty();
    for (Selectors.Selector selector : selectors) {
      if (selector.name().equals("up")) {
        continue;
      }
      List<Scrape.Sample> there = scrape.samples.get(selector.name());
      assertThat(there).as(where + ": " + selector.name()).isNotEmpty();
      selector.labels().keySet().removeAll(OF_PROMETHEUS);
      selector
          .labels()
          .forEach(
              (label, match) ->
                  assertThat(there)
                      .as(where + ": " + selector)
                      .anyMatch(sample -> isThere(label, match, sample)));
    }
  }

  /** A class of status comes with its first answer, so that its label counts. */
  private static boolean isThere(String label, Selectors.Match match, Scrape.Sample sample) {
    String value = sample.labels().get(label);
    boolean isFree = !match.operator().equals("=") || label.equals("status");
    return value != null && (isFree || value.equals(match.value()));
  }
}
