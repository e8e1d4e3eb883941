package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TotalCommandsTest {

  private static final String[] OCTOBER = {
    "total", "list", "--from", "2026-10-01", "--to", "2026-11-01"
  };
  private static final String QUERY = "GET /v1/billing/totals?from=2026-10-01&to=2026-11-01";

  private final Terminal terminal = new Terminal();
  @TempDir private Path data;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(data);
    terminal.with("VELLUM_DATA", data.toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int run(Object... more) {
    Object[] arguments = new Object[OCTOBER.length + more.length];
    System.arraycopy(OCTOBER, 0, arguments, 0, OCTOBER.length);
    System.arraycopy(more, 0, arguments, OCTOBER.length, more.length);
    return terminal.run(arguments);
  }

  private static String row(String group, int count, String amount, String nanos) {
    return "{"
        + group
        + ",\"count\":"
        + count
        + ",\"units\":"
        + 2 * count
        + ",\"duration_ms\":0,\"amount\":\""
        + amount
        + "\",\"amount_nanos\":\""
        + nanos
        + "\",\"expected_cost\":\"0\",\"expected_cost_nanos\":\"0\"}";
  }

  private static String sales() {
    return "{\"cube\":\"sale\",\"by\":[\"account\",\"channel\",\"currency\"],\"position\":7,"
        + "\"applied\":9,\"months\":[{\"month\":\"2026-10.default\"}],\"rows\":["
        + row(
            "\"account\":\"acme\",\"channel\":\"SMS\",\"currency\":\"EUR\"", 12, "0.000000001", "1")
        + ","
        + row(
            "\"account\":\"a,b\",\"channel\":\"\",\"currency\":\"\"",
            3,
            "-1250.5",
            "-1250500000000")
        + "],\"totals\":["
        + row("\"currency\":\"\"", 3, "-1250.5", "-1250500000000")
        + ","
        + row("\"currency\":\"EUR\"", 12, "0.000000001", "1")
        + "]}";
  }

  @Test
  void shouldAlignRowsAndEndWithATotalForEachCurrency() {
    server.answering("GET /v1/billing/totals", 200, sales());
    assertThat(run("--by", "account,channel")).isZero();
    assertThat(terminal.out().lines())
        .containsExactly(
            "ACCOUNT  CHANNEL  CURRENCY  COUNT  UNITS  DURATION_MS       AMOUNT  EXPECTED_COST",
            "acme     SMS      EUR          12     24            0  0.000000001           0.00",
            "a,b      -        -             3      6            0     -1250.50           0.00",
            "TOTAL             -             3      6            0     -1250.50           0.00",
            "TOTAL             EUR          12     24            0  0.000000001           0.00");
    assertThat(terminal.err()).contains("2 rows of 1 month, complete up to journal position 9");
    assertThat(server.requests()).containsExactly(QUERY + "&by=account%2Cchannel");
  }

  @Test
  void shouldGiveProgramsPlainColumns() {
    server.answering("GET /v1/billing/totals", 200, sales());
    run("--output", "csv");
    assertThat(terminal.out().lines())
        .containsExactly(
            "account,channel,currency,count,units,duration_ms,amount,amount_nanos,expected_cost,"
                + "expected_cost_nanos",
            "acme,SMS,EUR,12,24,0,0.000000001,1,0,0",
            "\"a,b\",,,3,6,0,-1250.5,-1250500000000,0,0");
    run("--output", "ndjson");
    assertThat(terminal.out().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("{\"account\":\"acme\",");
    run("--output", "json");
    assertThat(terminal.out()).contains("\"applied\" : 9").contains("\"totals\" : [");
  }

  @Test
  void shouldShowLegsWithoutWhatTheyDoNotHave() {
    server.answering(
        "GET /v1/billing/totals",
        200,
        "{\"cube\":\"cost\",\"by\":[\"currency\"],\"applied\":9,\"months\":[],\"rows\":["
            + "{\"currency\":\"EUR\",\"count\":1,\"units\":1,\"amount\":\"2\",\"amount_nanos\":"
            + "\"2000000000\"}],\"totals\":[{\"currency\":\"EUR\",\"count\":1}]}");
    run("--cube", "cost");
    assertThat(terminal.out().lines())
        .containsExactly("CURRENCY  COUNT  UNITS  AMOUNT", "EUR           1      1    2.00");
    assertThat(server.requests()).containsExactly(QUERY + "&cube=cost");
  }

  @Test
  void shouldSendFiltersByTheirDimensions() {
    server.answering("GET /v1/billing/totals", 200, sales());
    run(
        "--account",
        "a&b",
        "--where",
        "channel=SMS,VOICE,currency=",
        "--where",
        "mcc_mnc=26201,country=DE");
    run("--cube", "cost", "--where", "route=a\\,b=c");
    assertThat(server.requests())
        .containsExactly(
            QUERY + "&account=a%26b&channel=SMS&channel=VOICE&currency=&mcc_mnc=26201&country=DE",
            QUERY + "&cube=cost&route=a%2Cb%3Dc");
  }

  @Test
  void shouldNameWhatIsWrong() {
    server.answering(
        "GET /v1/billing/totals",
        400,
        "{\"code\":\"UNKNOWN_DIMENSION\",\"detail\":\"colour is no dimension\"}");
    assertThat(run("--by", "colour")).isEqualTo(2);
    assertThat(terminal.err().strip())
        .isEqualTo("vellum total list: UNKNOWN_DIMENSION: colour is no dimension");
    assertThat(run("--where", "SMS")).isEqualTo(2);
    assertThat(terminal.err()).contains("--where must look like channel=SMS,VOICE,currency=EUR");
    assertThat(terminal.run("total", "list", "--from", "2026-11-01", "--to", "2026-11-01"))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("--from must be before --to");
    assertThat(terminal.run("total", "list", "--from", "now", "--to", "2026-11-01")).isEqualTo(2);
    assertThat(terminal.run("total")).isEqualTo(2);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void shouldAskForTheRecordsBehindARow() {
    server.answering(
        "GET /v1/records?", 200, "{\"records\":[],\"next\":\"c\"}", "{\"records\":[]}");
    int exitCode =
        terminal.run(
            "record",
            "list",
            "--billing-from",
            "2026-10-01",
            "--billing-to",
            "2026-11-01",
            "--cube",
            "cost",
            "--where",
            "supplier=tele-x,route=");
    String query =
        "GET /v1/records?billing_from=2026-10-01&billing_to=2026-11-01&cube=cost&supplier=tele-x"
            + "&route=&limit=1000";
    assertThat(exitCode).isZero();
    assertThat(server.requests()).containsExactly(query, query + "&cursor=c");
    assertThat(terminal.err()).contains("0 records");
  }

  @Test
  void shouldSayWhichRecordsAreToBeNamed() {
    assertThat(terminal.run("record", "list", "--from", "2026-10-01", "--to", "2026-11-01"))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("say which: --account");
    assertThat(terminal.run("record", "list", "--account", "acme")).isEqualTo(2);
    assertThat(terminal.err()).contains("say from when");
    assertThat(terminal.run("record", "list", "--billing-from", "2026-10-01")).isEqualTo(2);
    assertThat(terminal.err()).contains("--billing-from and --billing-to go together");
    assertThat(server.requests()).isEmpty();
  }
}
