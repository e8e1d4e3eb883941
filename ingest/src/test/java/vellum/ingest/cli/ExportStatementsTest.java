package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.RecordId;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.Rating;

/** Statements as files: it is 21 November, and October can be closed. */
final class ExportStatementsTest {

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private Node node;
  private int files;

  @BeforeEach
  void start() throws IOException {
    node = NodeFixture.open(directory.resolve("data"));
    terminal.with("VELLUM_DATA", directory.resolve("data").toString());
    send(
        message("acme", 1, 1, 52_000_000),
        message("acme", 2, 1, 1_500_000_001),
        message("beta", 3, 1, 7_000_000));
    Object[] dispute = {
      "posting",
      "add",
      "--account",
      "acme",
      "--period",
      "2026-10",
      "--kind",
      "refund",
      "--amount",
      "-0.5",
      "--currency",
      "EUR",
      "--reason",
      "double charge",
      "--yes"
    };
    assertThat(terminal.run(dispute)).as(terminal.err()).isZero();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static DetailRecord message(String account, int number, long version, long nanos) {
    Instant at = Instant.parse("2026-10-05T10:00:00Z").plusSeconds(86_400L * number);
    String id = RecordId.derived(at.toEpochMilli(), account, "" + number).toString();
    return DetailRecord.newBuilder()
        .setRecordId(id)
        .setStartedAt(Timestamps.fromMillis(at.toEpochMilli()))
        .setAccount(account)
        .setChannel(Channel.SMS)
        .setRating(
            Rating.newBuilder()
                .setVersion(version)
                .setUnits(1)
                .setSalePriceNanos(nanos)
                .setCurrency("EUR"))
        .addLegs(
            Leg.newBuilder()
                .setVersion(version)
                .setNumber(1)
                .setSupplier("tele-x")
                .setRoute("premium")
                .setCostNanos(nanos / 2)
                .setCurrency("EUR"))
        .build();
  }

  private void send(DetailRecord... records) throws IOException {
    Path file = directory.resolve("records-" + files++ + ".ndjson");
    List<String> lines = new ArrayList<>();
    for (DetailRecord record : records) {
      try {
        lines.add(JsonFormat.printer().omittingInsignificantWhitespace().print(record));
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
    Files.write(file, lines);
    assertThat(terminal.run("import", file)).as(terminal.err()).isZero();
  }

  private void close(String... party) {
    List<Object> words = new ArrayList<>(List.of("period", "close", "2026-10", "--yes"));
    words.addAll(List.of(party));
    assertThat(terminal.run(words.toArray())).as(terminal.err()).isZero();
  }

  private int export(Path into, String... more) {
    List<Object> words =
        new ArrayList<>(List.of("export", "statements", "--period", "2026-10", "--into", into));
    words.addAll(List.of(more));
    return terminal.run(words.toArray());
  }

  private static Map<String, String> files(Path of) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(of)) {
      for (Path file : list.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        files.put(file.getFileName().toString(), new String(bytes, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  @Test
  void shouldWriteChargesAndPostingsThatComeToTheBill() throws IOException {
    // given
    close("--all");
    // when
    Path into = directory.resolve("bills");
    assertThat(export(into, "--format", "ndjson")).as(terminal.err()).isZero();
    // then
    assertThat(terminal.out())
        .startsWith("3 rows in 1 file")
        .contains("count 3")
        .contains("amount 1.059000001 EUR");
    List<String> lines = Files.readAllLines(into.resolve("statements-00001.ndjson"));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .startsWith(
            "{\"party_kind\":\"account\",\"party\":\"acme\",\"period\":\"2026-10\",\"revision\":1,")
        .contains("\"kind\":\"CHARGE\",\"line\":1,\"channel\":\"SMS\",\"currency\":\"EUR\"")
        .contains("\"count\":\"2\",\"units\":\"2\"")
        .contains("\"amount\":\"1.552000001\",\"amount_nanos\":\"1552000001\"");
    assertThat(lines.get(1))
        .contains("\"kind\":\"POSTING\",\"reason\":\"double charge\"")
        .contains("\"amount\":\"-0.5\",\"amount_nanos\":\"-500000000\"")
        .contains(
            "\"posting\":1,\"posting_kind\":\"REFUND\",\"at\":\"2026-11-21T12:00:00.000000Z\"");
    assertThat(lines.get(2)).contains("\"party\":\"beta\"");
    assertThat(terminal.run("export", "verify", into)).as(terminal.err()).isZero();
  }

  @Test
  void shouldBeTheSameBytesWhateverComesLater() throws IOException {
    // given
    close("--all");
    close("--all-suppliers");
    for (String format : List.of("csv", "ndjson", "parquet")) {
      assertThat(export(directory.resolve(format), "--format", format)).isZero();
    }
    // when: another rating and another record of October come, and the server is another process
    send(message("acme", 1, 2, 60_000_000), message("acme", 9, 1, 80_000_000));
    node.close();
    node = NodeFixture.open(directory.resolve("data"));
    // then
    for (String format : List.of("csv", "ndjson", "parquet")) {
      Path again = directory.resolve(format + "-again");
      assertThat(export(again, "--format", format)).as(terminal.err()).isZero();
      assertThat(files(again)).isEqualTo(files(directory.resolve(format)));
    }
  }

  @Test
  void shouldHaveOneParty() throws IOException {
    close("--all");
    close("--all-suppliers");
    assertThat(export(directory.resolve("tele-x"), "--supplier", "tele-x")).isZero();
    assertThat(terminal.out()).startsWith("1 row in").contains("amount 0.7795 EUR");
    assertThat(export(directory.resolve("acme"), "--account", "acme")).isZero();
    assertThat(terminal.out()).startsWith("2 rows in").contains("amount 1.052000001 EUR");
    assertThat(export(directory.resolve("all"))).isZero();
    assertThat(terminal.out()).startsWith("4 rows in");
    assertThat(export(directory.resolve("x"), "--account", "a", "--supplier", "b"))
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void shouldHaveTheClosingThatHoldsOrARevision() throws IOException {
    // given
    close("--account", "acme");
    Path first = directory.resolve("first");
    assertThat(export(first, "--account", "acme")).isZero();
    Object[] reopen = {
      "period", "reopen", "2026-10", "--account", "acme", "--yes", "--reason", "a wrong tariff"
    };
    assertThat(terminal.run(reopen)).as(terminal.err()).isZero();
    // when, then: nobody is billed by a closing that was ended
    assertThat(export(directory.resolve("none"))).isNotZero();
    assertThat(terminal.err()).contains("no closed period 2026-10");
    // when
    send(message("acme", 1, 2, 60_000_000));
    close("--account", "acme");
    // then
    assertThat(export(directory.resolve("second"), "--account", "acme")).isZero();
    assertThat(terminal.out()).contains("amount 1.060000001 EUR");
    Path old = directory.resolve("old");
    assertThat(export(old, "--account", "acme", "--revision", "1")).isZero();
    assertThat(files(old).get("statements-00001.csv"))
        .isEqualTo(files(first).get("statements-00001.csv"));
    assertThat(export(directory.resolve("x"), "--revision", "1")).isEqualTo(ExitCode.USAGE);
    assertThat(export(directory.resolve("x"), "--account", "acme", "--revision", "7")).isNotZero();
  }

  @Test
  void shouldGoOnOnlyWithTheSameStatements() throws IOException {
    // given: an export that was killed behind its first part
    close("--account", "acme");
    Path whole = directory.resolve("whole");
    assertThat(export(whole, "--part-rows", "1")).isZero();
    Path into = directory.resolve("broken");
    assertThat(export(into, "--part-rows", "1")).isZero();
    breakOff(into);
    // when, then
    assertThat(export(into, "--part-rows", "1", "--resume")).as(terminal.err()).isZero();
    assertThat(files(into)).isEqualTo(files(whole));
    // and when: beta's period is closed, too
    breakOff(into);
    close("--account", "beta");
    assertThat(export(into, "--part-rows", "1", "--resume")).isEqualTo(ExitCode.REFUSED);
    assertThat(terminal.err()).contains("closed or reopened").contains("--restart");
  }

  /** Leaves what a kill behind the first part leaves. */
  private static void breakOff(Path into) throws IOException {
    String manifest = "";
    try (Stream<Path> list = Files.list(into)) {
      for (Path file : list.toList()) {
        String name = file.getFileName().toString();
        if (name.equals("manifest.json")) {
          manifest = Files.readString(file);
        } else if (!name.startsWith("statements-00001")) {
          Files.delete(file);
        }
      }
    }
    ObjectNode head = (ObjectNode) new JsonMapper().readTree(manifest);
    String part = head.path("parts").get(0).toString();
    head.remove(List.of("parts", "control", "complete"));
    Files.delete(into.resolve("manifest.json"));
    Files.writeString(into.resolve("manifest.partial"), head + "\n" + part + "\n");
  }
}
