package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;
import vellum.v1.DetailRecord;

/** Statements as files: it is 21 November, and October can be closed. */
final class ExportStatementsTest {

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private Node node;

  @BeforeEach
  void start() throws IOException {
    node = NodeFixture.open(directory.resolve("data"));
    terminal.with("VELLUM_DATA", directory.resolve("data").toString());
    send(
        October.message("acme", 1, 1, 52_000_000),
        October.message("acme", 2, 1, 1_500_000_001),
        October.message("beta", 3, 1, 7_000_000));
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

  private void send(DetailRecord... records) throws IOException {
    October.send(terminal, directory, records);
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
        .contains("account_count 3")
        .contains("account_amount 1.059000001 EUR");
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
    send(October.message("acme", 1, 2, 60_000_000), October.message("acme", 9, 1, 80_000_000));
    node.close();
    node = NodeFixture.open(directory.resolve("data"));
    // then
    for (String format : List.of("csv", "ndjson", "parquet")) {
      Path again = directory.resolve(format + "-again");
      assertThat(export(again, "--format", format)).as(terminal.err()).isZero();
      assertThat(ExportFiles.of(again)).isEqualTo(ExportFiles.of(directory.resolve(format)));
    }
  }

  @Test
  void shouldHaveOneParty() throws IOException {
    close("--all");
    close("--all-suppliers");
    assertThat(export(directory.resolve("tele-x"), "--supplier", "tele-x")).isZero();
    assertThat(terminal.out()).startsWith("1 row in").contains("supplier_amount 0.7795 EUR");
    assertThat(export(directory.resolve("acme"), "--account", "acme")).isZero();
    assertThat(terminal.out()).startsWith("2 rows in").contains("amount 1.052000001 EUR");
    assertThat(export(directory.resolve("all"))).isZero();
    assertThat(terminal.out())
        .startsWith("4 rows in")
        .contains("  account_amount 1.059000001 EUR", "  supplier_amount 0.7795 EUR")
        .contains("  account_count 3", "  supplier_count 3")
        .doesNotContain("  amount ", "  count ");
    assertThat(terminal.run("export", "verify", directory.resolve("all"))).isZero();
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
    send(October.message("acme", 1, 2, 60_000_000));
    close("--account", "acme");
    // then
    assertThat(export(directory.resolve("second"), "--account", "acme")).isZero();
    assertThat(terminal.out()).contains("amount 1.060000001 EUR");
    Path old = directory.resolve("old");
    assertThat(export(old, "--account", "acme", "--revision", "1")).isZero();
    assertThat(ExportFiles.of(old).get("statements-00001.csv"))
        .isEqualTo(ExportFiles.of(first).get("statements-00001.csv"));
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
    ExportFiles.breakOff(into, "statements-00001.csv");
    // when, then
    assertThat(export(into, "--part-rows", "1", "--resume")).as(terminal.err()).isZero();
    assertThat(ExportFiles.of(into)).isEqualTo(ExportFiles.of(whole));
    // and when: beta's period is closed, too
    ExportFiles.breakOff(into, "statements-00001.csv");
    close("--account", "beta");
    assertThat(export(into, "--part-rows", "1", "--resume")).isEqualTo(ExitCode.REFUSED);
    assertThat(terminal.err()).contains("closed or reopened").contains("--restart");
  }
}
