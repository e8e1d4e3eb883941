package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LookupCommandsTest {

  private static final String ID = "019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55";
  private static final String NUMBER = "+491701234567";

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

  private static String record(String id, String recipient) {
    return """
    {"month":"2026-11.default","identities":"masked","record":{"record_id":"%s",\
    "started_at":"2026-11-20T12:00:00.000001Z","account":"acme","channel":"SMS","submission":\
    {"direction":"MT","sender":{"identifiers":[{"kind":"ALPHANUMERIC","value":"Acme, Inc"}]},\
    "recipient":{"identifiers":[{"kind":"E164","value":"%s"}]}},"delivery":{"status_group":\
    "DELIVERED"},"rating":{"units":"2","sale_price_nanos":"104000000","currency":"EUR"}}}"""
        .formatted(id, recipient);
  }

  @Test
  void shouldPrintTheBareCount() {
    server.answering("GET /v1/records/count", 200, "{\"records\":100000,\"updates\":7}");
    assertThat(terminal.run("record", "count")).isZero();
    assertThat(terminal.out()).isEqualTo("100000" + System.lineSeparator());
  }

  @Test
  void shouldAlignMonths() {
    server.answering(
        "GET /v1/records/count",
        200,
        "{\"records\":12,\"months\":[{\"month\":\"2026-10.default\",\"records\":2},"
            + "{\"month\":\"2026-11.default\",\"records\":10}]}");
    terminal.run("record", "count", "--by-month");
    assertThat(terminal.out().lines())
        .containsExactly(
            "MONTH            RECORDS", "2026-10.default        2", "2026-11.default       10");
  }

  @Test
  void shouldFollowTheCursorAndStopAtTheLimit() {
    // given
    String row = record(ID, "+49170*****67");
    server.answering(
        "GET /v1/records?", 200, "{\"records\":[" + row + "," + row + "],\"next\":\"a b\"}");
    // when
    int exitCode =
        terminal.run(
            "record",
            "list",
            "--account",
            "a/b",
            "--from",
            "2026-11-01",
            "--to",
            "2026-12-01T00:00:00Z",
            "--limit",
            "3",
            "--output",
            "ndjson");
    // then
    assertThat(exitCode).isZero();
    assertThat(terminal.out().lines()).hasSize(3);
    assertThat(server.requests())
        .containsExactly(
            "GET /v1/records?account=a%2Fb&from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z&limit=3",
            "GET /v1/records?account=a%2Fb&from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z&limit=1"
                + "&cursor=a%20b");
    assertThat(terminal.err()).contains("3 records; there are more");
  }

  @Test
  void shouldShowRecordsAsTableAndCsv() {
    server.answering("POST /v1/subjects/find", 200, found());
    terminal.run("subject", "find", NUMBER);
    assertThat(terminal.out().lines())
        .containsExactly(
            "STARTED                      ACCOUNT  CHANNEL  DIR  FROM       TO             STATUS"
                + "     UNITS       SALE  IDENTITIES  ID",
            "2026-11-20T12:00:00.000001Z  acme     SMS      MT   Acme, Inc  +49170*****67  DELIVERED"
                + "      2  0.104 EUR  masked      "
                + ID);
    terminal.run("subject", "find", NUMBER, "--output", "csv");
    assertThat(terminal.out().lines().skip(1))
        .containsExactly(
            "2026-11-20T12:00:00.000001Z,acme,SMS,MT,\"Acme, Inc\",+49170*****67,DELIVERED,2,"
                + "0.104 EUR,masked,"
                + ID);
  }

  @Test
  void shouldShowTheArchivesReferenceInPlaceOfAnId() {
    String reference = "0006667d86da5a330d79832caad0664abc36";
    server.answering(
        "POST /v1/subjects/find",
        200,
        "{\"subject\":{\"kind\":\"TEL\",\"masked\":\"x\"},\"records\":[{\"month\":\"2025-10.default\","
            + "\"identities\":\"absent\",\"record\":{\"started_at\":\"2025-10-01T11:07:24Z\","
            + "\"account\":\"acme\",\"channel\":\"SMS\"},\"archive_reference\":\""
            + reference
            + "\"}]}");
    terminal.run("subject", "find", NUMBER, "--output", "csv");
    assertThat(terminal.out().lines().skip(1))
        .containsExactly("2025-10-01T11:07:24Z,acme,SMS,,,,,,,absent," + reference);
  }

  private static String found() {
    return "{\"subject\":{\"kind\":\"TEL\",\"masked\":\"+49170*****67\"},\"records\":["
        + record(ID, "+49170*****67")
        + "]}";
  }

  @Test
  void shouldPageThroughAllRecordsOfAPersonUnlessLimited() {
    // given
    String row = record(ID, "+49170*****67");
    String start = "{\"subject\":{\"masked\":\"+49170*****67\"},\"records\":[" + row + "," + row;
    server.answering("POST /v1/subjects/find", 200, start + "],\"next\":\"c1\"}", start + "]}");
    // when
    terminal.run("subject", "find", NUMBER, "--output", "ndjson");
    // then
    String question = "{\"subject\":\"" + NUMBER + "\",\"reveal\":false,\"limit\":";
    assertThat(terminal.out().lines()).hasSize(4);
    assertThat(terminal.err()).contains("4 records of +49170*****67").doesNotContain("--limit");
    assertThat(server.requests())
        .containsExactly(
            "POST /v1/subjects/find " + question + "1000}",
            "POST /v1/subjects/find " + question + "1000,\"cursor\":\"c1\"}");

    // when it is cut
    server.requests().clear();
    server.answering("POST /v1/subjects/find", 200, start + "],\"next\":\"c1\"}");
    terminal.run("subject", "find", NUMBER, "--output", "ndjson", "--limit", "3");
    // then
    assertThat(terminal.out().lines()).hasSize(3);
    assertThat(terminal.err()).contains("3 records of +49170*****67; --limit cut it");
    assertThat(server.requests())
        .containsExactly(
            "POST /v1/subjects/find " + question + "3}",
            "POST /v1/subjects/find " + question + "1,\"cursor\":\"c1\"}");
    assertThat(terminal.run("subject", "find", NUMBER, "--limit", "0")).isEqualTo(2);
  }

  @Test
  void shouldAskForAnIdThatIsOne() {
    for (String id : new String[] {"", " ", "1234", ID + "0", "1-1-1-1-1"}) {
      assertThat(terminal.run("record", "show", id)).as(id).isEqualTo(2);
      assertThat(terminal.err()).contains("a record's id looks like").doesNotContain("java.");
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void shouldTakeASubjectInWordsOrFromInputAndNeverRepeatIt() {
    // given
    server.answering("POST /v1/subjects/find", 200, found());
    // when, then
    terminal.run(
        "subject", "find", "+49", "170", "1234567", "--region", "DE", "--reveal", "--reason", "é");
    assertThat(server.requests().get(0))
        .isEqualTo(
            "POST /v1/subjects/find {\"subject\":\"+49 170 1234567\",\"reveal\":true,"
                + "\"reason\":\"é\",\"limit\":1000,\"region\":\"DE\"}");
    terminal.typing(NUMBER + "\nnext\n").run("subject", "find", "-");
    assertThat(server.requests().get(1)).contains("\"subject\":\"" + NUMBER + "\"");
    assertThat(terminal.out() + terminal.err()).contains("1 record of").doesNotContain(NUMBER);
  }

  @Test
  void shouldMapTheServersErrorsToExitCodes() {
    // given
    server.answering(
        "POST /v1/subjects", 400, "{\"code\":\"BAD_SUBJECT\",\"detail\":\"subject is odd\"}");
    server.answering("GET /v1/records/count", 503, "{\"code\":\"LAGGING\",\"detail\":\"behind\"}");
    server.answering("GET /v1/status", 403, "{\"code\":\"FORBIDDEN\",\"detail\":\"no\"}");
    // when, then
    assertThat(terminal.run("subject", "find", "x")).isEqualTo(2);
    assertThat(terminal.err().strip())
        .isEqualTo("vellum subject find: BAD_SUBJECT: subject is odd");
    assertThat(terminal.run("record", "count")).isEqualTo(1);
    assertThat(terminal.run("record", "show", ID)).isEqualTo(1);
    assertThat(terminal.run("status")).isEqualTo(4);
  }

  @Test
  void shouldNameAWrongToken() throws IOException {
    Files.writeString(data.resolve("token"), "not-this-one");
    assertThat(terminal.run("status")).isEqualTo(4);
    assertThat(terminal.err()).contains("refuses the token").doesNotContain("not-this-one");
  }

  @Test
  void shouldSendAccounts() throws IOException {
    // given
    server.answering("POST /v1/accounts/import", 200, "{\"accounts\":2,\"added\":1}");
    server.answering("PUT /v1/accounts/acme", 200, "{}");
    server.answering(
        "GET /v1/accounts",
        200,
        "{\"accounts\":[{\"id\":\"acme\",\"terms\":[{\"currency\":\"EUR\"},{\"currency\":\"USD\"}]}]}");
    Path yaml = Files.writeString(data.resolve("a.yaml"), "format: 1\n");
    // when, then
    assertThat(terminal.run("account", "import", yaml)).isZero();
    assertThat(terminal.out()).contains("1 added").contains("2 accounts");
    assertThat(terminal.typing("{}").run("account", "put", "acme", "-")).isZero();
    assertThat(terminal.run("account", "list")).isZero();
    assertThat(terminal.out().lines()).containsExactly("ID    CURRENCY", "acme  USD");
    assertThat(server.requests().subList(0, 2))
        .containsExactly("POST /v1/accounts/import format: 1", "PUT /v1/accounts/acme {}");
  }
}
