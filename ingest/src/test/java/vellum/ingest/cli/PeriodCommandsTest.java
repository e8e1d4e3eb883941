package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.RecordId;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;
import vellum.v1.Channel;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.Rating;
import vellum.v1.StatusGroup;

/** The commands against a node: it is 21 November, and October can be closed. */
final class PeriodCommandsTest {

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private Node node;
  private int files;

  @BeforeEach
  void start() {
    node = NodeFixture.open(directory.resolve("data"));
    terminal.with("VELLUM_DATA", directory.resolve("data").toString());
    send(
        rated(1, 1, 52_000_000, "EUR"),
        rated(2, 1, 1_500_000_001, "EUR"),
        rated(3, 1, 70_000_000, "USD"),
        leg(1, "tele-x", 4_000_000));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static DetailRecord.Builder header(int number) {
    Instant at = Instant.parse("2026-10-05T10:00:00Z").plusSeconds(86_400L * number);
    return DetailRecord.newBuilder()
        .setRecordId(
            RecordId.derived(at.toEpochMilli(), "acme", Integer.toString(number)).toString())
        .setStartedAt(Timestamps.fromMillis(at.toEpochMilli()))
        .setAccount("acme")
        .setChannel(Channel.SMS);
  }

  private static DetailRecord rated(int number, long version, long nanos, String currency) {
    return header(number)
        .setRating(
            Rating.newBuilder()
                .setVersion(version)
                .setUnits(1)
                .setSalePriceNanos(nanos)
                .setCurrency(currency))
        .build();
  }

  private static DetailRecord leg(int number, String supplier, long nanos) {
    return header(number)
        .addLegs(
            Leg.newBuilder()
                .setVersion(1)
                .setNumber(1)
                .setSupplier(supplier)
                .setRoute("premium")
                .setStatusGroup(StatusGroup.DELIVERED)
                .setCostNanos(nanos)
                .setCurrency("EUR"))
        .build();
  }

  private static DetailRecord delivered(int number) {
    return header(number)
        .setDelivery(Delivery.newBuilder().setVersion(1).setStatusGroup(StatusGroup.DELIVERED))
        .build();
  }

  private void send(DetailRecord... records) {
    try {
      Path file = directory.resolve("records-" + files++ + ".ndjson");
      Files.writeString(
          file,
          List.of(records).stream()
              .map(PeriodCommandsTest::json)
              .collect(Collectors.joining("\n")));
      assertThat(terminal.run("import", file)).as(terminal.err()).isZero();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String json(DetailRecord record) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(record);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private int period(Object... words) {
    Object[] all = new Object[words.length + 1];
    all[0] = "period";
    System.arraycopy(words, 0, all, 1, words.length);
    return terminal.run(all);
  }

  private void close() {
    assertThat(period("close", "2026-10", "--account", "acme", "--yes"))
        .as(terminal.err())
        .isZero();
  }

  @Test
  void shouldCloseOnlyWhenItIsMeant() {
    assertThat(period("close", "2026-10", "--all")).as(terminal.err()).isZero();
    assertThat(terminal.out()).contains("WOULD_CLOSE").contains("1.552000001 EUR, 0.07 USD");
    assertThat(terminal.out().lines().toList().get(1)).endsWith("  -");
    assertThat(terminal.err()).contains("dry run, nothing was closed; to do it: --yes");
    assertThat(period("list")).isZero();
    assertThat(terminal.err()).contains("0 closings");
    assertThat(period("close", "2026-10", "--all", "--yes")).isZero();
    assertThat(terminal.out()).contains("account acme  CLOSED ");
    assertThat(period("close", "2026-10", "--all-suppliers", "--yes")).isZero();
    assertThat(terminal.out()).contains("supplier tele-x  CLOSED ");
    assertThat(period("list", "--output", "csv")).isZero();
    assertThat(terminal.out().lines()).hasSize(3);
    assertThat(terminal.out()).startsWith("kind,party,period,revision,state,position");
  }

  @Test
  void shouldShowAStatementThatLinesUp() {
    // given
    close();
    // when
    assertThat(period("show", "2026-10", "--account", "acme")).isZero();
    // then
    List<String> lines = terminal.out().lines().toList();
    assertThat(lines.get(0)).isEqualTo("Statement of account acme for 2026-10, revision 1");
    assertThat(lines.get(1)).startsWith("closed 2026-11-21T").endsWith(", days of UTC");
    assertThat(lines.subList(3, 6))
        .containsExactly(
            "LINE  CHANNEL  DIRECTION  TRAFFIC TYPE  COUNTRY  MCC MNC  STATUS GROUP  CURRENCY  COUNT"
                + "  UNITS  DURATION MS       AMOUNT",
            "   1  SMS      -          -             -        -        -             EUR           2"
                + "      2            0  1.552000001",
            "   2  SMS      -          -             -        -        -             USD           1"
                + "      1            0         0.07");
    assertThat(lines)
        .contains("CURRENCY      CHARGES  ADJUSTMENTS  BY HAND        TOTAL")
        .contains("EUR       1.552000001         0.00     0.00  1.552000001")
        .contains("control   2026-10-06 to 2026-10-08: 3 records, 3 units, 0 ms")
        .contains("times     first record 2026-10-06T10:00:00Z, last 2026-10-08T10:00:00Z");
    assertThat(lines.get(lines.size() - 1)).matches("sha-256   [0-9a-f]{64}");
    // when a person looks, then headings are bold
    terminal.person().run("period", "show", "2026-10", "--account", "acme");
    assertThat(terminal.out()).contains("\u001B[1mStatement of account acme");
  }

  @Test
  void shouldPrintTheVeryBytesThatTheDigestIsOf() throws Exception {
    close();
    period("show", "2026-10", "--account", "acme", "--output", "json");
    byte[] bytes = terminal.out().getBytes(StandardCharsets.UTF_8);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    period("verify", "2026-10", "--account", "acme");
    assertThat(terminal.out())
        .startsWith("good: statement of account acme, 2026-10, revision 1 made again")
        .contains(digest);
    period("show", "2026-10", "--account", "acme", "--output", "ndjson");
    assertThat(terminal.out().lines()).hasSize(4).allMatch(line -> line.startsWith("{\"section\""));
  }

  @Test
  void shouldListWhatCameLateWithItsReasonAndLeaveTheStatement() {
    // given
    close();
    period("show", "2026-10", "--account", "acme", "--output", "json");
    String closed = terminal.out();
    // when
    send(rated(1, 2, 60_000_000, "EUR"), delivered(2));
    // then
    assertThat(period("show", "2026-11", "--account", "acme", "--preview")).isZero();
    assertThat(terminal.out())
        .startsWith("Statement of account acme for 2026-11, PREVIEW: not closed")
        .contains("Adjustments: what came for periods after their closing")
        .contains("2026-10  RATING_CHANGED")
        .contains("2026-10  LATE_STATUS")
        .contains("EUR          0.00        0.008     0.00  0.008");
    assertThat(terminal.run("posting", "list", "--account", "acme", "--period", "2026-11"))
        .isZero();
    assertThat(terminal.out()).contains("ADJUSTMENT  2026-11  2026-10");
    assertThat(terminal.err()).contains("3 postings");
    period("show", "2026-10", "--account", "acme", "--output", "json");
    assertThat(terminal.out()).isEqualTo(closed);
    assertThat(period("verify", "2026-10", "--account", "acme")).isZero();
  }

  @Test
  void shouldDrillDownToTheRecordsOfALine() {
    close();
    assertThat(
            period("records", "2026-10", "--account", "acme", "--line", "1", "--output", "ndjson"))
        .as(terminal.err())
        .isZero();
    assertThat(terminal.out().lines()).hasSize(3);
    assertThat(terminal.out())
        .contains(header(1).getRecordId())
        .contains(header(2).getRecordId())
        .contains("{\"summary\":{\"same\":true,\"line\":{\"count\":2,");
    assertThat(terminal.err()).isEqualTo("2 records\n");
    assertThat(period("records", "2026-10", "--account", "acme", "--line", "9"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("lines 1 to 2, not 9");
  }

  @Test
  void shouldSayThatTheRecordsOfALineChangedSinceTheClosing() {
    // given
    close();
    send(rated(1, 2, 60_000_000, "EUR"), delivered(2));
    // when
    assertThat(period("records", "2026-10", "--account", "acme", "--line", "1")).isZero();
    // then
    assertThat(terminal.out()).contains("0.06 EUR").doesNotContain("1.500000001 EUR");
    assertThat(terminal.err())
        .contains("the line has 2 records, 2 units, 0 ms, 1.552000001 EUR; its records now give")
        .contains(" 1 records, 1 units, 0 ms, 0.06 EUR: later changes are postings")
        .contains("'vellum posting list --account acme --period MONTH'");
    period("records", "2026-10", "--account", "acme", "--line", "1", "--output", "json");
    assertThat(terminal.out())
        .containsPattern("\"summary\" : \\{\\s+\"same\" : false")
        .contains("\"records\" : [")
        .contains("\"note\" : \"the line has 2 records");
    // and when none is left
    send(delivered(1));
    assertThat(period("records", "2026-10", "--account", "acme", "--line", "1")).isZero();
    assertThat(terminal.err()).contains("now give 0 records, 0 units, 0 ms, 0.00 EUR");
  }

  @Test
  void shouldDrillDownToThePostingsOfAnAdjustment() {
    // given two records that went from no status to delivered, one at another price
    close();
    send(rated(1, 2, 60_000_000, "EUR"), delivered(2), delivered(3));
    period("show", "2026-11", "--account", "acme", "--preview");
    List<String> lines = terminal.out().lines().toList();
    int first = lines.indexOf("Adjustments: what came for periods after their closing") + 2;
    int changed = 0;
    while (!lines.get(first + changed).contains("RATING_CHANGED")) {
      changed++;
    }
    assertThat(lines.get(first + changed).strip()).startsWith((changed + 1) + "  2026-10");
    // when
    Object[] asked = {
      "records", "2026-11", "--account", "acme", "--preview", "--adjustment", changed + 1
    };
    assertThat(period(asked)).as(terminal.err()).isZero();
    // then
    assertThat(terminal.out().lines().toList().get(0)).startsWith("STARTED").contains("AMOUNT");
    assertThat(terminal.out().lines()).hasSize(2);
    assertThat(terminal.out()).contains("0.008 EUR").contains(header(1).getRecordId());
    assertThat(terminal.err()).isEqualTo("1 posting\n");
    asked[asked.length - 1] = 99;
    assertThat(period(asked)).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("the statement has adjustments 1 to 5, not 99");
    assertThat(period("records", "2026-10", "--account", "acme", "--adjustment", "1"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("the statement has no adjustments");
    assertThat(period("records", "2026-10", "--account", "acme")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void shouldShowASupplierItsLegsAndCountThem() {
    send(leg(2, "tele-x", 5_000_000), leg(3, "other", 6_000_000));
    assertThat(period("close", "2026-10", "--supplier", "tele-x", "--yes")).isZero();
    assertThat(period("records", "2026-10", "--supplier", "tele-x", "--line", "1")).isZero();
    List<String> lines = terminal.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).containsSubsequence("LEG  SUPPLIER", "ROUTE", "UNITS", "COST");
    assertThat(lines.get(1)).containsSubsequence("tele-x", "premium", "0.004 EUR");
    assertThat(lines.get(2)).containsSubsequence("tele-x", "premium", "0.005 EUR");
    assertThat(terminal.err()).isEqualTo("2 legs of 2 records\n");
    assertThat(
            terminal.run(
                "record",
                "list",
                "--billing-from",
                "2026-10-01",
                "--billing-to",
                "2026-11-01",
                "--cube",
                "cost",
                "--output",
                "csv"))
        .isZero();
    assertThat(terminal.out().lines()).hasSize(4);
    assertThat(terminal.err()).isEqualTo("3 legs of 3 records\n");
  }

  @Test
  void shouldRefuseValuesInWords() {
    for (String command : List.of("close", "show", "verify", "reopen", "records")) {
      assertThat(period(command, "2026-13", "--account", "acme")).isEqualTo(ExitCode.USAGE);
      assertThat(terminal.err())
          .contains("MONTH must be a month such as 2026-10; see:")
          .doesNotContain("java");
    }
    assertThat(period("show", "2026-10", "--account", "acme", "--revision", "x"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("--revision must be a whole number").doesNotContain(" int");
    assertThat(
            terminal.run(
                "posting",
                "add",
                "--account",
                "acme",
                "--period",
                "2026-11",
                "--kind",
                "reversal",
                "--reverses",
                "seven"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err())
        .contains("--reverses must be a whole number")
        .doesNotContain("seven")
        .doesNotContain(" long");
  }

  @Test
  void shouldReopenWithAReasonAndKeepTheFirstRevision() {
    close();
    assertThat(period("reopen", "2026-10", "--account", "acme")).isZero();
    assertThat(terminal.err()).contains("dry run");
    assertThat(period("reopen", "2026-10", "--account", "acme", "--yes")).isEqualTo(ExitCode.USAGE);
    assertThat(
            period("reopen", "2026-10", "--account", "acme", "--yes", "--reason", "a wrong tariff"))
        .as(terminal.err())
        .isZero();
    send(rated(1, 2, 60_000_000, "EUR"));
    close();
    period("list", "--account", "acme", "--output", "ndjson");
    assertThat(terminal.out().lines()).hasSize(2);
    assertThat(terminal.out()).contains("\"reopened_reason\":\"a wrong tariff\"");
    period("show", "2026-10", "--account", "acme", "--revision", "1");
    assertThat(terminal.out()).contains("reopened").contains(": a wrong tariff");
    assertThat(period("verify", "2026-10", "--account", "acme", "--revision", "1")).isZero();
    assertThat(period("verify", "2026-10", "--account", "acme")).isZero();
  }

  @Test
  void shouldPostByHandWithAReferenceThatNamesNoId() {
    String id = header(1).getRecordId();
    Object[] refund = {
      "posting",
      "add",
      "--account",
      "acme",
      "--period",
      "2026-11",
      "--kind",
      "refund",
      "--amount",
      "-12.50",
      "--currency",
      "EUR",
      "--record",
      id
    };
    assertThat(terminal.run(refund)).as(terminal.err()).isZero();
    assertThat(terminal.err()).contains("dry run");
    Object[] meant = java.util.Arrays.copyOf(refund, refund.length + 3);
    System.arraycopy(
        new Object[] {"--yes", "--reason", "double charge"}, 0, meant, refund.length, 3);
    assertThat(terminal.run(meant)).as(terminal.err()).isZero();
    terminal.run("posting", "list", "--account", "acme", "--output", "ndjson");
    assertThat(terminal.out())
        .contains("\"posting\":\"REFUND\"")
        .contains("\"amount\":\"-12.5\"")
        .contains("\"number\":\"1\"")
        .containsPattern("\"record\":\"[0-9a-f]{36}\"")
        .doesNotContain(id);
    meant[9] = "12.50";
    assertThat(terminal.run(meant)).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("below zero: it lowers the bill");
  }

  @Test
  void shouldSayWhatIsWrong() {
    assertThat(period("close", "2026-11", "--account", "acme", "--yes"))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(terminal.err()).contains("it can be closed from 2026-12-01T00:00:00Z on");
    assertThat(period("close", "2026-10", "--account", "nobody", "--yes"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(terminal.err()).contains("account nobody is not registered");
    assertThat(period("show", "2026-10", "--account", "acme")).isEqualTo(ExitCode.REFUSED);
    assertThat(terminal.err()).contains("is not closed");
    close();
    assertThat(period("close", "2026-10", "--account", "acme", "--yes"))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(terminal.err()).contains("is closed, as revision 1");
    assertThat(period("show", "2010-10", "--account", "acme")).isEqualTo(ExitCode.FAILED);
    assertThat(terminal.err()).contains("older than what is kept");
    assertThat(period("close", "2026-10")).isEqualTo(ExitCode.USAGE);
    assertThat(period("close", "2026-13", "--all")).isEqualTo(ExitCode.USAGE);
    assertThat(period("close", "2026-10", "--all", "--account", "acme")).isEqualTo(ExitCode.USAGE);
    assertThat(period("show", "2026-10", "--account", "acme", "--revision", "7"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(
            terminal.run(
                "posting",
                "add",
                "--account",
                "acme",
                "--period",
                "2026-10",
                "--kind",
                "gift",
                "--amount",
                "-1",
                "--currency",
                "EUR"))
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void shouldKeepWhatIsClosedOverARestart() {
    close();
    period("show", "2026-10", "--account", "acme", "--output", "json");
    String closed = terminal.out();
    node.close();
    node = NodeFixture.open(directory.resolve("data"));
    send(rated(1, 2, 60_000_000, "EUR"));
    period("show", "2026-10", "--account", "acme", "--output", "json");
    assertThat(terminal.out()).isEqualTo(closed);
    assertThat(period("verify", "2026-10", "--account", "acme")).as(terminal.out()).isZero();
    terminal.run("posting", "list", "--account", "acme", "--period", "2026-11");
    assertThat(terminal.out()).contains("RATING_CHANGED");
  }
}
