package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.ingest.client.VellumClient;
import vellum.ingest.demo.TrafficGenerator;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.export.ExportFault;
import vellum.ingest.export.ExportQuestion;
import vellum.ingest.export.ExportRun;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeFixture;
import vellum.v1.OptionsProto;
import vellum.v1.Privacy;

/** Exports of a real node through the command line, broken off and gone on with. */
final class ExportCommandsTest {

  private static final LocalDate FROM = LocalDate.of(2026, 11, 17);
  private static final LocalDate TO = LocalDate.of(2026, 11, 24);
  private static final int RECORDS = 3_000;
  private static final int PART_ROWS = 400;

  private final Terminal terminal = new Terminal();
  private final Set<String> identities = new HashSet<>();
  @TempDir private Path directory;
  private Path data;
  private Node node;

  @BeforeEach
  void start() {
    data = directory.resolve("data");
    node = NodeFixture.open(data);
    terminal.with("VELLUM_DATA", data.toString());
    send(7, RECORDS);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void send(long seed, int records) {
    TrafficGenerator traffic = NodeFixture.traffic(seed, records);
    try (VellumClient client = NodeFixture.client(node.tcpAddress(), node.token(), seed)) {
      NodeFixture.sendAll(client, traffic);
    }
    TrafficGenerator again = NodeFixture.traffic(seed, records);
    while (again.next()) {
      gather(again.record());
    }
  }

  /** Every text of a message that the schema does not call routing or billing. */
  private void gather(Message message) {
    message.getAllFields().forEach(this::gather);
  }

  private void gather(FieldDescriptor field, Object value) {
    Privacy privacy = field.getOptions().getExtension(OptionsProto.privacy);
    for (Object one : field.isRepeated() ? (List<?>) value : List.of(value)) {
      if (one instanceof Message inner && !field.getMessageType().getName().equals("Timestamp")) {
        gather(inner);
      } else if (one instanceof String text
          && text.length() >= 9
          && privacy != Privacy.ROUTING
          && privacy != Privacy.BILLING) {
        identities.add(text);
      }
    }
  }

  private int export(String format, Path into, String... more) {
    List<Object> words =
        new ArrayList<>(
            List.of("export", "records", "--from", FROM, "--to", TO, "--format", format));
    words.addAll(List.of("--into", into, "--part-rows", PART_ROWS));
    words.addAll(List.of(more));
    return terminal.run(words.toArray());
  }

  private ExportRun run(Path into, ExportRun.Progress progress) {
    return new ExportRun(
        new ServerCalls(Endpoint.of(data)),
        ExportQuestion.records(FROM, TO, "", "csv", PART_ROWS),
        into,
        progress);
  }

  @Test
  void shouldHaveTheSameRowsAndSumsInEveryFormat() throws SQLException {
    Set<List<String>> answers = new HashSet<>();
    for (String format : List.of("csv", "ndjson", "parquet")) {
      // when
      Path into = directory.resolve(format);
      int exitCode = export(format, into);
      // then
      assertThat(exitCode).as(terminal.err()).isZero();
      assertThat(terminal.out()).contains(" rows in ").contains("as of journal position ");
      answers.add(
          query(
              "select count(*), sum(units), sum(sale_price_nanos), sum(leg_count),"
                  + " count(distinct record_id::varchar), min(billing_day::date),"
                  + " max(epoch_us(started_at::timestamptz)), count(status_group), count(account) from "
                  + table(format, into)));
      List<String> sums =
          query("select count(*), sum(units), sum(sale_price_nanos) from " + table(format, into));
      assertThat(terminal.out())
          .contains("units " + sums.get(1))
          .startsWith("%,d rows".formatted(Long.parseLong(sums.get(0))));
      assertThat(terminal.run("export", "verify", into)).as(terminal.err()).isZero();
    }
    assertThat(answers).hasSize(1);
    assertThat(answers.iterator().next().get(0)).isNotEqualTo("0");
  }

  @Test
  void shouldHoldNoIdentity() throws IOException, SQLException {
    assertThat(identities).hasSizeGreaterThan(1_000);
    for (String format : List.of("csv", "ndjson", "parquet")) {
      // when
      Path into = directory.resolve(format);
      assertThat(export(format, into)).isZero();
      if (format.equals("parquet")) {
        execute(
            "copy (select * from "
                + table(format, into)
                + ") to '"
                + into.resolve("plain.json")
                + "'");
      }
      // then
      StringBuilder all = new StringBuilder();
      files(into).values().forEach(all::append);
      String text = all.toString();
      assertThat(identities).noneMatch(identity -> text.contains(identity));
    }
  }

  @Test
  void shouldBeTheSameBytesWhenRepeated() throws IOException {
    for (String format : List.of("csv", "ndjson", "parquet")) {
      Path first = directory.resolve(format + "-1");
      Path second = directory.resolve(format + "-2");
      assertThat(export(format, first)).isZero();
      assertThat(export(format, second)).isZero();
      assertThat(files(second)).isEqualTo(files(first));
      assertThat(files(first)).hasSizeGreaterThan(3);
    }
  }

  @Test
  void shouldGoOnWhereItWasBrokenOff() throws IOException {
    // given: an export that ends behind its third part, as a kill would
    Path whole = directory.resolve("whole");
    assertThat(export("csv", whole)).isZero();
    Path into = directory.resolve("broken");
    breakOff(into, 3);
    Files.writeString(into.resolve("records-00004.csv.tmp"), "half of it");
    assertThat(export("csv", into)).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("--resume or --restart");
    assertThat(terminal.run("export", "verify", into)).isEqualTo(ExitCode.UNVERIFIED);
    // when: the server is another process by then
    node.close();
    node = NodeFixture.open(data);
    int exitCode = export("csv", into, "--resume");
    // then
    assertThat(exitCode).as(terminal.err()).isZero();
    assertThat(files(into)).isEqualTo(files(whole));
  }

  private void breakOff(Path into, int parts) {
    int[] heard = new int[1];
    try {
      run(
              into,
              (permille, rows) -> {
                heard[0] = (int) (rows / PART_ROWS);
                if (heard[0] == parts) {
                  throw new IllegalStateException("killed");
                }
              })
          .make(ExportRun.Existing.REFUSE);
    } catch (IllegalStateException | IOException e) {
      assertThat(e).hasMessage("killed");
    }
    assertThat(heard[0]).isEqualTo(parts);
  }

  @Test
  void shouldBeginTheSessionAgainWhenTheServerHasLostIt() throws IOException {
    // given
    Path whole = directory.resolve("whole");
    assertThat(export("csv", whole)).isZero();
    int port = node.httpAddress().getPort();
    Path into = directory.resolve("lost");
    // when: the server is started anew at the same address in the middle
    int[] restarts = new int[1];
    run(
            into,
            (permille, rows) -> {
              if (rows >= 2 * PART_ROWS && restarts[0]++ == 0) {
                node.close();
                node =
                    Node.open(
                        NodeFixture.config(data).withPorts(0, port),
                        InstantSource.fixed(NodeFixture.NOW));
              }
            })
        .make(ExportRun.Existing.REFUSE);
    // then
    assertThat(restarts[0]).isPositive();
    assertThat(files(into)).isEqualTo(files(whole));
  }

  @Test
  void shouldRefuseToGoOnWhenMonthsHaveChanged() throws IOException {
    // given
    Path into = directory.resolve("changed");
    breakOff(into, 2);
    send(8, 500);
    // when, then
    assertThat(export("csv", into, "--resume")).isEqualTo(ExitCode.REFUSED);
    assertThat(terminal.err()).contains("2026-11.default").contains("--restart");
    assertThat(export("csv", into, "--restart")).isZero();
    Path again = directory.resolve("again");
    assertThat(export("csv", again)).isZero();
    assertThat(files(into)).isEqualTo(files(again));
  }

  @Test
  void shouldSeeOneMomentWhileRecordsCome() throws IOException, SQLException {
    // given
    Path before = directory.resolve("before");
    assertThat(export("csv", before)).isZero();
    Path during = directory.resolve("during");
    // when: records come behind the first part
    int[] sent = new int[1];
    run(
            during,
            (permille, rows) -> {
              if (sent[0]++ == 0) {
                send(9, 1_000);
              }
            })
        .make(ExportRun.Existing.REFUSE);
    // then
    assertThat(files(during)).isEqualTo(files(before));
    Path after = directory.resolve("after");
    assertThat(export("csv", after)).isZero();
    assertThat(files(after)).isNotEqualTo(files(before));
  }

  @Test
  void shouldExportOneAccount() throws SQLException {
    // given
    Path all = directory.resolve("all");
    assertThat(export("parquet", all)).isZero();
    List<String> most =
        query(
            "select account, count(*) from "
                + table("parquet", all)
                + " group by 1 order by 2 desc, 1 limit 1");
    // when
    Path one = directory.resolve("one");
    assertThat(export("parquet", one, "--account", most.get(0))).isZero();
    // then
    assertThat(query("select min(account), count(*) from " + table("parquet", one)))
        .isEqualTo(most);
  }

  @Test
  void shouldExportTheRecordsBehindWhatIsNamed() throws SQLException {
    // given
    Path all = directory.resolve("all");
    assertThat(export("parquet", all)).isZero();
    // when
    Path some = directory.resolve("some");
    assertThat(export("parquet", some, "--where", "channel=SMS,VOICE,status_group=DELIVERED"))
        .as(terminal.err())
        .isZero();
    // then
    String sums = "select count(*), sum(sale_price_nanos), sum(units) from ";
    List<String> found = query(sums + table("parquet", some));
    assertThat(found.get(0)).isNotEqualTo("0");
    assertThat(found)
        .isEqualTo(
            query(
                sums
                    + table("parquet", all)
                    + " where channel in ('SMS', 'VOICE') and status_group = 'DELIVERED'"));
    // and when: of costs
    List<String> route =
        query(
            "select leg.supplier, leg.route from (select unnest(legs) as leg from "
                + table("parquet", all)
                + ") where leg.route is not null group by 1, 2 order by count(*) desc limit 1");
    Path legs = directory.resolve("legs");
    String where = "supplier=" + route.get(0) + ",route=" + route.get(1);
    assertThat(export("parquet", legs, "--cube", "cost", "--where", where))
        .as(terminal.err())
        .isZero();
    // then
    String ids = "select count(*), count(distinct record_id) from ";
    List<String> behind = query(ids + table("parquet", legs));
    assertThat(behind.get(0)).isNotEqualTo("0");
    assertThat(behind)
        .isEqualTo(
            query(
                ids
                    + table("parquet", all)
                    + " where len(list_filter(legs, x -> x.supplier = '"
                    + route.get(0)
                    + "' and x.route = '"
                    + route.get(1)
                    + "')) > 0"));
    // and, given: what there is not
    assertThat(export("csv", directory.resolve("x"), "--where", "colour=red")).isNotZero();
    assertThat(terminal.err()).contains("dimension");
    assertThat(export("parquet", some, "--resume", "--where", "channel=SMS"))
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void shouldExportTotalsOfWhatIsNamed() throws SQLException {
    // given
    Path records = directory.resolve("records");
    assertThat(export("parquet", records, "--where", "channel=SMS")).isZero();
    Path totals = directory.resolve("totals");
    // when
    List<Object> words =
        new ArrayList<>(List.of("export", "totals", "--from", FROM, "--to", TO, "--by", "account"));
    words.addAll(List.of("--where", "channel=SMS", "--format", "parquet", "--into", totals));
    assertThat(terminal.run(words.toArray())).as(terminal.err()).isZero();
    // then
    assertThat(
            query(
                "select sum(count), sum(amount_nanos), count(distinct account) from read_parquet('"
                    + totals
                    + "/totals-*.parquet')"))
        .isEqualTo(
            query(
                "select count(*), sum(sale_price_nanos), count(distinct account) from "
                    + table("parquet", records)));
  }

  @Test
  void shouldExportTotalsThatAreThoseOfTheRecords() throws SQLException {
    // given
    Path records = directory.resolve("records");
    assertThat(export("parquet", records)).isZero();
    for (String format : List.of("csv", "ndjson", "parquet")) {
      // when
      Path totals = directory.resolve("totals-" + format);
      Object[] words = {
        "export",
        "totals",
        "--from",
        FROM,
        "--to",
        TO,
        "--by",
        "account,day",
        "--format",
        format,
        "--into",
        totals
      };
      int exitCode = terminal.run(words);
      // then
      assertThat(exitCode).as(terminal.err()).isZero();
      assertThat(terminal.run("export", "verify", totals)).isZero();
      String file = "/records-*.".replace("records", "totals");
      String table = table(format, totals).replace("/records-*.", file);
      assertThat(
              query(
                  "select sum(count::hugeint), sum(amount_nanos::hugeint), count(distinct account)"
                      + " from "
                      + table))
          .isEqualTo(
              query(
                  "select count(*), sum(sale_price_nanos), count(distinct account) from "
                      + table("parquet", records)));
    }
  }

  @Test
  void shouldNameADiskThatIsFull() throws IOException {
    // given: the second part goes where nothing can be written
    Path into = directory.resolve("full");
    ExportRun run =
        run(
            into,
            (permille, rows) -> {
              try {
                Path next = into.resolve("records-00002.csv.tmp");
                if (rows == PART_ROWS) {
                  Files.createSymbolicLink(next, Path.of("/dev/full"));
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    // when, then
    try {
      run.make(ExportRun.Existing.REFUSE);
      throw new AssertionError("the disk is full");
    } catch (ExportFault e) {
      assertThat(e.kind()).isEqualTo(ExportFault.Kind.DISK);
      assertThat(e).hasMessageContaining("is full").hasMessageContaining("--resume");
    }
    // and when
    Files.delete(into.resolve("records-00002.csv.tmp"));
    assertThat(export("csv", into, "--resume")).as(terminal.err()).isZero();
    assertThat(terminal.run("export", "verify", into)).isZero();
  }

  @Test
  void shouldRefuseWhatIsNoExport() throws IOException {
    Path into = Files.createDirectories(directory.resolve("mine"));
    Files.writeString(into.resolve("notes.txt"), "keep me");
    assertThat(export("csv", into, "--restart")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("notes.txt");
    assertThat(into.resolve("notes.txt")).hasContent("keep me");
    Path other = directory.resolve("other");
    assertThat(export("csv", other)).isZero();
    assertThat(export("csv", other)).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("complete export");
    assertThat(export("csv", other, "--resume", "--restart")).isEqualTo(ExitCode.USAGE);
    Object[] reversed = {
      "export", "records", "--from", TO, "--to", FROM, "--into", directory.resolve("x")
    };
    assertThat(terminal.run(reversed)).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("--from must be before --to");
    assertThat(terminal.run("export", "verify", directory.resolve("x"))).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void shouldFindWhatIsNotAsTheManifestSays() throws IOException {
    // given
    Path into = directory.resolve("checked");
    assertThat(export("csv", into)).isZero();
    Path part = into.resolve("records-00002.csv");
    byte[] bytes = Files.readAllBytes(part);
    // when, then: a bit flips
    byte[] flipped = bytes.clone();
    flipped[flipped.length / 2] ^= 1;
    Files.write(part, flipped);
    assertThat(terminal.run("export", "verify", into)).isEqualTo(ExitCode.UNVERIFIED);
    assertThat(terminal.err()).contains("records-00002.csv").contains("SHA-256");
    // when, then: it is gone
    Files.delete(part);
    assertThat(terminal.run("export", "verify", into)).isEqualTo(ExitCode.UNVERIFIED);
    // when, then: there is one more
    Files.write(part, bytes);
    assertThat(terminal.run("export", "verify", into)).isZero();
    Files.write(into.resolve("records-09999.csv"), bytes);
    assertThat(terminal.run("export", "verify", into)).isEqualTo(ExitCode.UNVERIFIED);
  }

  private static Map<String, String> files(Path of) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> list = Files.list(of)) {
      for (Path file : list.toList()) {
        files.put(
            file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  private static String table(String format, Path of) {
    return switch (format) {
      case "csv" -> "read_csv('" + of + "/records-*.csv', header=true)";
      case "ndjson" -> "read_json('" + of + "/records-*.ndjson')";
      default -> "read_parquet('" + of + "/records-*.parquet')";
    };
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("set TimeZone = 'UTC'");
      return row(statement, sql);
    }
  }

  private static List<String> row(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      List<String> cells = new ArrayList<>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        cells.add(result.getString(i));
      }
      return cells;
    }
  }
}
