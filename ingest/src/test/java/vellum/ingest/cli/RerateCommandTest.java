package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.util.Timestamps;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.RecordId;
import vellum.ingest.client.ClientException;
import vellum.ingest.client.Outcome;
import vellum.ingest.client.VellumClient;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Party;
import vellum.v1.Rating;
import vellum.v1.RejectionCode;
import vellum.v1.Submission;

/** Re-rating from the command line through a real node, over its restart. */
final class RerateCommandTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String HEADER = "mcc_mnc,channel,traffic_type,unit_price,currency\n";
  private static final int RECORDS = 60;

  @TempDir private Path directory;

  private final Terminal terminal = new Terminal();
  private Path data;
  private Path rates;

  @BeforeEach
  void write() throws Exception {
    data = directory.resolve("data");
    rates = directory.resolve("rates.csv");
    terminal.with("VELLUM_DATA", data.toString());
    Files.writeString(rates, HEADER + "26201,SMS,*,0.0123,EUR\n26202,*,*,0.02,USD\n");
  }

  private static DetailRecord record(int number) {
    long millis = NodeFixture.NOW.minus(Duration.ofMinutes(10L * number)).toEpochMilli();
    return DetailRecord.newBuilder()
        .setRecordId(RecordId.derived(millis, "acme", "" + number).toString())
        .setStartedAt(Timestamps.fromMillis(millis))
        .setAccount("acme")
        .setChannel(Channel.SMS)
        .setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setMccMnc("2620" + (1 + number % 3))
                .setRecipient(
                    Party.newBuilder()
                        .addIdentifiers(
                            Identifier.newBuilder()
                                .setKind(IdentifierKind.E164)
                                .setValue("+491701234567"))))
        .setRating(
            Rating.newBuilder()
                .setVersion(1)
                .setUnits(2)
                .setSalePriceNanos(10_000_000)
                .setCurrency(number % 3 == 1 ? "USD" : "EUR"))
        .build();
  }

  private static void send(Node node) {
    Outcome outcome =
        new Outcome() {
          @Override
          public void taken(long sequence) {
            // As it should be.
          }

          @Override
          public void rejected(long sequence, RejectionCode code, String reason) {
            throw new AssertionError(code + " " + reason);
          }

          @Override
          public void failed(ClientException cause) {
            throw new AssertionError(cause);
          }
        };
    try (VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 1)) {
      for (int i = 0; i < RECORDS; i++) {
        client.send(record(i), outcome);
      }
      client.flush(Duration.ofSeconds(30));
    }
  }

  @Test
  void shouldShowThenApplyThenChangeNothingMore() throws Exception {
    try (Node node = NodeFixture.open(data)) {
      send(node);

      // when
      int dry = terminal.run("rerate", "--rates", rates, "--account", "acme");

      // then
      assertThat(dry).as(terminal.err()).isZero();
      assertThat(terminal.out().lines())
          .hasSize(3)
          .anyMatch(line -> line.matches("EUR +SMS +26201 +20 +20 +0 +0\\.20 +0\\.492 +0\\.292"))
          .anyMatch(line -> line.matches("USD +SMS +26202 +20 +20 +0 +0\\.20 +0\\.80 +0\\.60"));
      assertThat(terminal.err())
          .contains("60 records, 40 get another price, 20 match no rate")
          .contains("difference: 0.292 EUR", "difference: 0.60 USD")
          .contains("dry run, nothing was changed");

      // when
      int applied =
          terminal.run(
              "rerate", "--rates", rates, "--account", "acme", "--yes", "--reason", "contract 7");

      // then
      assertThat(applied).as(terminal.err()).isZero();
      assertThat(terminal.err()).contains("rerate-1: 40 records re-rated, 0.292 EUR, 0.60 USD");
    }
    try (Node node = NodeFixture.open(data)) {
      assertThat(
              terminal.run(
                  "rerate",
                  "--rates",
                  rates,
                  "--account",
                  "acme",
                  "--output",
                  "json",
                  "--yes",
                  "--reason",
                  "again"))
          .as(terminal.err())
          .isZero();
      JsonNode again = MAPPER.readTree(terminal.out());
      assertThat(again.path("id").asText()).isEqualTo("rerate-2");
      assertThat(again.path("report").path("changed").asInt()).isZero();
      assertThat(again.path("applied").path("records").asInt()).isZero();

      JsonNode runs = call(node, "GET", "/v1/billing/rerate", 200).path("runs");
      assertThat(runs.findValuesAsText("id")).containsExactly("rerate-2", "dry-1", "rerate-1");
      assertThat(runs.get(2).path("reason").asText()).isEqualTo("contract 7");
      assertThat(
              call(node, "GET", "/v1/billing/rerate/rerate-1", 200).path("report").path("groups"))
          .hasSize(3);
      call(node, "GET", "/v1/billing/rerate/rerate-9", 404);

      assertThat(terminal.run("record", "show", record(3).getRecordId(), "--output", "json"))
          .as(terminal.err())
          .isZero();
      assertThat(terminal.out()).contains("24600000", "rerate-1");
    }
  }

  @Test
  void shouldPrintRowsForPrograms() throws Exception {
    try (Node node = NodeFixture.open(data)) {
      send(node);

      assertThat(
              terminal.run(
                  "rerate",
                  "--rates",
                  rates,
                  "--account",
                  "acme",
                  "--from",
                  "2026-11-21",
                  "--to",
                  "2026-11-22",
                  "--output",
                  "csv"))
          .as(terminal.err())
          .isZero();

      assertThat(terminal.out().lines())
          .first()
          .isEqualTo(
              "currency,channel,mcc_mnc,matched,changed,unmatched,old_amount,new_amount,difference,"
                  + "old_amount_nanos,new_amount_nanos,difference_nanos");
      assertThat(terminal.out()).contains("EUR,SMS,26201,20,20,0,0.2,0.492,0.292,200000000");
      assertThat(node.status()).isNotNull();
    }
  }

  @Test
  void shouldRefuseWhatIsWrongAndChangeNothing() throws Exception {
    try (Node node = NodeFixture.open(data)) {
      send(node);
      Files.writeString(rates, HEADER + "26201,SMS,*,0.0123,EUR\n26202,TELEX,*,0.02,USD\n");
      check(2, "line 3, column channel", "--account", "acme");
      Files.writeString(rates, HEADER + "26201,SMS,*,0.0123,EUR\n");
      check(1, "account nobody is not registered", "--account", "acme", "--account", "nobody");
      check(
          2, "at most 10 years", "--account", "acme", "--from", "2016-11-01", "--to", "2026-11-02");
      check(
          2, "nothing is kept from before 2015-12-31", "--account", "acme", "--from", "2015-01-01");
      check(2, "from must be before to", "--account", "acme", "--to", "2001-01-01");
      check(
          2,
          "from must be before to",
          "--account",
          "acme",
          "--from",
          "2026-11-02",
          "--to",
          "2026-11-02");
      check(
          2, "--from must be a day such as 2026-10-31", "--account", "acme", "--from", "yesterday");
      check(2, "--yes needs --reason", "--account", "acme", "--yes");
      check(2, "either --dry-run or --yes", "--account", "acme", "--yes", "--dry-run");
      Files.writeString(rates, HEADER + "26201,*,*,0.0123,EUR\n*,SMS,*,0.02,EUR\n");
      check(
          1,
          "lines 2 and 3 of the rates are equally specific",
          "--account",
          "acme",
          "--yes",
          "--reason",
          "x");

      JsonNode problem = call(node, "POST", "/v1/billing/rerate?account=acme", 415);
      assertThat(problem.path("code").asText()).isEqualTo("NOT_CSV");
      assertThat(call(node, "GET", "/v1/billing/rerate", 200).path("runs"))
          .allMatch(run -> run.path("applied_records").asInt() == 0);
    }
  }

  private void check(int exitCode, String message, String... arguments) {
    List<Object> words = new ArrayList<>(List.of("rerate", "--rates", rates));
    words.addAll(List.of(arguments));
    assertThat(terminal.run(words.toArray())).as(message).isEqualTo(exitCode);
    assertThat(terminal.err()).contains(message);
  }

  private static JsonNode call(Node node, String method, String path, int status) throws Exception {
    HttpResponse<String> answer =
        NodeFixture.call(
            node.httpAddress(), node.token(), method, path, method.equals("POST") ? "{}" : "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return MAPPER.readTree(answer.body());
  }
}
