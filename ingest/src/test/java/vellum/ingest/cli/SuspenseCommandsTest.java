package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
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

/** {@code vellum suspense} against a real node. */
final class SuspenseCommandsTest {

  private static final String NUMBER = "+491701234567";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCOUNTS =
      """
      format: 1
      accounts:
        - id: acme
          terms:
            - {from: 2020-01-01, billing_zone: UTC, currency: EUR, law_country: DE}
      """;

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private Node node;

  @BeforeEach
  void start() throws IOException {
    Path data = directory.resolve("data");
    node = NodeFixture.open(data);
    terminal.with("VELLUM_DATA", data.toString());
    Path accounts = directory.resolve("accounts.yaml");
    Files.writeString(accounts, ACCOUNTS);
    assertThat(terminal.run("account", "import", accounts.toString())).isZero();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static DetailRecord message(String account, int seed, String currency) {
    java.time.Instant at = NodeFixture.NOW.minusSeconds(60);
    return DetailRecord.newBuilder()
        .setRecordId(RecordId.derived(at.toEpochMilli(), account, "m" + seed).toString())
        .setStartedAt(com.google.protobuf.Timestamp.newBuilder().setSeconds(at.getEpochSecond()))
        .setAccount(account)
        .setChannel(Channel.SMS)
        .setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setRecipient(
                    Party.newBuilder()
                        .addIdentifiers(
                            Identifier.newBuilder().setKind(IdentifierKind.E164).setValue(NUMBER))))
        .setRating(
            Rating.newBuilder()
                .setVersion(1)
                .setUnits(1)
                .setSalePriceNanos(currency.isEmpty() ? 0 : 52_000_000)
                .setCurrency(currency))
        .build();
  }

  private void send(DetailRecord... messages) {
    try (VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), 1)) {
      for (DetailRecord message : messages) {
        client.send(
            message,
            new Outcome() {
              @Override
              public void taken(long sequence) {}

              @Override
              public void rejected(long sequence, RejectionCode code, String reason) {
                throw new AssertionError(code + " " + reason);
              }

              @Override
              public void failed(ClientException cause) {
                throw cause;
              }
            });
      }
      client.flush(Duration.ofSeconds(30));
    }
  }

  private JsonNode rows() throws IOException {
    assertThat(terminal.run("suspense", "list", "--output", "json")).isZero();
    return JSON.readTree(terminal.out());
  }

  @Test
  void shouldListShowCorrectAndWriteOff() throws IOException {
    // given
    send(
        message("acme-old", 1, "EUR"),
        message("acme-old", 2, "EUR"),
        message("acme", 3, "EUR"),
        message("acme", 4, ""));

    // when, then: listed with reason, amount and origin
    JsonNode rows = rows();
    assertThat(rows).hasSize(3);
    assertThat(rows.findValuesAsText("code"))
        .containsExactlyInAnyOrder("UNKNOWN_ACCOUNT", "UNKNOWN_ACCOUNT", "MISSING_PRICE");
    assertThat(rows.findValuesAsText("producer")).containsOnly("test");
    assertThat(terminal.err()).contains("3 records in suspense").contains("0.104 EUR");
    assertThat(terminal.run("suspense", "list", "--code", "MISSING_PRICE")).isZero();
    assertThat(terminal.out()).contains("MISSING_PRICE").doesNotContain("UNKNOWN_ACCOUNT");

    // shown with identities masked
    String id = rows.get(0).path("id").asText();
    assertThat(terminal.run("suspense", "show", id, "--output", "json")).isZero();
    assertThat(terminal.out()).contains("\"record_id\"").doesNotContain(NUMBER.substring(1));

    // a dry run changes nothing
    String[] recycle = {
      "suspense",
      "recycle",
      "--code",
      "UNKNOWN_ACCOUNT",
      "--account",
      "acme-old",
      "--set",
      "account=acme",
      "--output",
      "json"
    };
    assertThat(terminal.run((Object[]) recycle)).isZero();
    assertThat(JSON.readTree(terminal.out()).path("recycled").asInt()).isEqualTo(2);
    assertThat(terminal.err()).contains("dry run, nothing was changed");
    assertThat(rows()).hasSize(3);

    // recycled: records of the other account, found by their number
    String[] done = java.util.Arrays.copyOf(recycle, recycle.length + 1);
    done[recycle.length] = "--yes";
    assertThat(terminal.run((Object[]) done)).isZero();
    assertThat(rows()).hasSize(1);
    assertThat(terminal.run("record", "count")).isZero();
    assertThat(terminal.out().strip()).isEqualTo("3");

    // what still fails stays, and says so by the exit code
    assertThat(terminal.run("suspense", "recycle", "--code", "MISSING_PRICE", "--yes"))
        .isEqualTo(ExitCode.PARTIAL);
    assertThat(terminal.err()).contains("still MISSING_PRICE: 1");

    // written off, with a note
    assertThat(terminal.run("suspense", "write-off", "--code", "MISSING_PRICE")).isZero();
    assertThat(rows()).hasSize(1);
    assertThat(
            terminal.run(
                "suspense", "write-off", "--code", "MISSING_PRICE", "--yes", "--reason", "a test"))
        .isZero();
    assertThat(rows()).isEmpty();
    assertThat(terminal.run("suspense", "write-offs")).isZero();
    assertThat(terminal.out()).contains("a test").doesNotContain("interrupted");
  }

  @Test
  void shouldRefuseWhatIsNotClear() {
    assertThat(terminal.run("suspense", "recycle", "--yes")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("say which records");
    assertThat(terminal.run("suspense", "list", "--code", "NOTHING")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("code must be one of");
    assertThat(terminal.run("suspense", "recycle", "--code", "MISSING_PRICE", "--set", "units=1"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("units cannot be set");
    assertThat(terminal.run("suspense", "write-off", "--code", "MISSING_PRICE", "--yes"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("suspense", "show", "x")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("not the id of a row in suspense");
  }
}
