package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigInteger;
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

/** Totals of October as it was closed, as files: it is 21 November. */
final class ExportClosedTotalsTest {

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private Node node;

  @BeforeEach
  void start() throws IOException {
    node = NodeFixture.open(directory.resolve("data"));
    terminal.with("VELLUM_DATA", directory.resolve("data").toString());
    October.send(
        terminal,
        directory,
        October.message("acme", 1, 1, 52_000_000),
        October.message("acme", 2, 1, 1_500_000_001),
        October.message("beta", 3, 1, 7_000_000));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void close(String... party) {
    List<Object> words = new ArrayList<>(List.of("period", "close", "2026-10", "--yes"));
    words.addAll(List.of(party));
    assertThat(terminal.run(words.toArray())).as(terminal.err()).isZero();
  }

  private int export(String into, String... more) {
    List<Object> words =
        new ArrayList<>(List.of("export", "totals", "--month", "2026-10", "--as-closed"));
    words.addAll(List.of("--into", directory.resolve(into)));
    words.addAll(List.of(more));
    return terminal.run(words.toArray());
  }

  private void changeAll() throws IOException {
    October.send(
        terminal,
        directory,
        October.message("acme", 1, 2, 60_000_000),
        October.delivered("acme", 2),
        October.message("acme", 9, 1, 80_000_000),
        October.message("beta", 9, 1, 9));
    Path rates = directory.resolve("rates.csv");
    Files.writeString(
        rates, "mcc_mnc,channel,traffic_type,unit_price,currency\n*,SMS,*,0.01,EUR\n");
    Object[] rerate = {
      "rerate", "--rates", rates, "--account", "beta", "--yes", "--reason", "new contract"
    };
    assertThat(terminal.run(rerate)).as(terminal.err()).isZero();
  }

  @Test
  void shouldBeTheSameBytesWhateverComesLater() throws IOException {
    // given
    close("--all");
    close("--all-suppliers");
    List<List<String>> exports = new ArrayList<>();
    for (String format : List.of("csv", "ndjson", "parquet")) {
      exports.add(List.of("--format", format, "--by", "account,day,status_group"));
      exports.add(List.of("--format", format, "--cube", "cost", "--by", "supplier,route,day"));
    }
    exports.add(List.of("--account", "acme", "--part-rows", "1", "--by", "day"));
    exports.add(List.of("--supplier", "tele-x"));
    for (int i = 0; i < exports.size(); i++) {
      assertThat(export("first-" + i, exports.get(i).toArray(String[]::new)))
          .as(terminal.err())
          .isZero();
    }
    assertThat(Files.readAllLines(directory.resolve("first-0/totals-00001.csv")))
        .hasSize(4)
        .anyMatch(line -> line.startsWith("acme,2026-10-07,,EUR,1,1,0,1.500000001,1500000001,"));
    // when: records, a status, another price, another rating; and another process
    changeAll();
    node.close();
    node = NodeFixture.open(directory.resolve("data"));
    // then
    for (int i = 0; i < exports.size(); i++) {
      assertThat(export("second-" + i, exports.get(i).toArray(String[]::new)))
          .as(terminal.err())
          .isZero();
      assertThat(ExportFiles.of(directory.resolve("second-" + i)))
          .isEqualTo(ExportFiles.of(directory.resolve("first-" + i)));
    }
    // and: what it is now is something else
    Object[] now = {
      "export",
      "totals",
      "--from",
      "2026-10-01",
      "--to",
      "2026-11-01",
      "--by",
      "account,day,status_group",
      "--into",
      directory.resolve("now")
    };
    assertThat(terminal.run(now)).as(terminal.err()).isZero();
    assertThat(ExportFiles.of(directory.resolve("now")).get("totals-00001.csv"))
        .isNotEqualTo(ExportFiles.of(directory.resolve("first-0")).get("totals-00001.csv"));
  }

  @Test
  void shouldNameTheClosingsAndComeToTheirCharges() throws IOException {
    // given
    close("--all");
    changeAll();
    // when, then
    assertThat(export("first", "--format", "ndjson")).as(terminal.err()).isZero();
    JsonNode manifest = ExportFiles.manifest(directory.resolve("first"));
    assertThat(manifest.path("reflects").asText()).startsWith("totals as they were closed");
    JsonNode closing = manifest.path("closings").path(0);
    assertThat(manifest.path("closings")).hasSize(1);
    assertThat(closing.path("parties").toString()).isEqualTo("[\"acme\",\"beta\"]");
    assertThat(closing.path("revision").asInt()).isEqualTo(1);
    assertThat(closing.path("position")).isEqualTo(manifest.path("position"));
    assertThat(amount("first")).isEqualTo(charges("statements-1")).isEqualTo("1559000001");
    // and when: acme's month is opened again, and closed with what has come
    Object[] reopen = {
      "period", "reopen", "2026-10", "--account", "acme", "--yes", "--reason", "a wrong tariff"
    };
    assertThat(terminal.run(reopen)).as(terminal.err()).isZero();
    assertThat(export("open", "--account", "acme")).isEqualTo(ExitCode.REFUSED);
    assertThat(terminal.err()).contains("2026-10 of account acme is not closed");
    October.send(terminal, directory, October.message("acme", 2, 2, 1_000_000_000));
    close("--account", "acme");
    // then
    assertThat(export("second", "--format", "ndjson")).as(terminal.err()).isZero();
    assertThat(ExportFiles.manifest(directory.resolve("second")).path("closings"))
        .extracting(one -> one.path("parties").path(0).asText() + one.path("revision").asInt())
        .containsExactly("acme2", "beta1");
    assertThat(amount("second")).isEqualTo(charges("statements-2")).isNotEqualTo(amount("first"));
  }

  /** Sum of the rows. */
  private String amount(String export) throws IOException {
    return sum(directory.resolve(export).resolve("totals-00001.ndjson"), "");
  }

  /** Sum of the charge lines of all statements. */
  private String charges(String export) throws IOException {
    Path into = directory.resolve(export);
    Object[] words = {
      "export", "statements", "--period", "2026-10", "--format", "ndjson", "--into", into
    };
    assertThat(terminal.run(words)).as(terminal.err()).isZero();
    return sum(into.resolve("statements-00001.ndjson"), "CHARGE");
  }

  private static String sum(Path file, String kind) throws IOException {
    BigInteger sum = BigInteger.ZERO;
    for (String line : Files.readAllLines(file)) {
      JsonNode row = new JsonMapper().readTree(line);
      if (row.path("kind").asText().equals(kind)) {
        sum = sum.add(new BigInteger(row.path("amount_nanos").asText()));
      }
    }
    return sum.toString();
  }

  @Test
  void shouldGoOnOnlyWithTheSameClosings() throws IOException {
    // given: an export that was killed behind its first part
    close("--account", "acme");
    String[] more = {"--part-rows", "1", "--by", "account,day", "--resume"};
    Path into = directory.resolve("broken");
    assertThat(export("whole", more)).as(terminal.err()).isZero();
    assertThat(export("broken", more)).isZero();
    ExportFiles.breakOff(into, "totals-00001.csv");
    // when, then
    assertThat(export("broken", more)).as(terminal.err()).isZero();
    assertThat(ExportFiles.of(into)).isEqualTo(ExportFiles.of(directory.resolve("whole")));
    // and when: beta's month is closed, too
    ExportFiles.breakOff(into, "totals-00001.csv");
    close("--account", "beta");
    assertThat(export("broken", more)).isEqualTo(ExitCode.REFUSED);
    assertThat(terminal.err()).contains("closed or reopened").contains("--restart");
  }

  @Test
  void shouldRefuseWhatIsNotClosedAndLeaveNothing() {
    close("--account", "acme");
    refused(ExitCode.REFUSED, "2026-10 of account beta is not closed", "--account", "beta");
    refused(ExitCode.REFUSED, "of supplier tele-x is not closed", "--supplier", "tele-x");
    refused(ExitCode.FAILED, "account nobody is not registered", "--account", "nobody");
    refused(ExitCode.USAGE, "no closed period 2026-10", "--cube", "cost");
    refused(ExitCode.USAGE, "or else --month", "--from", "2026-10-01", "--to", "2026-11-01");
    Object[] month = {"export", "totals", "--month", "2026-10", "--into", directory.resolve("x")};
    assertThat(terminal.run(month)).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("--month MONTH --as-closed");
  }

  private void refused(int exitCode, String message, String... more) {
    assertThat(export("refused", more)).as(terminal.err()).isEqualTo(exitCode);
    assertThat(terminal.err()).contains(message);
    assertThat(directory.resolve("refused")).doesNotExist();
  }
}
