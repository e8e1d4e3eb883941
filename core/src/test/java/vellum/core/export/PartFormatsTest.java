package vellum.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vellum.core.record.Output;

/** The three formats, read back by DuckDB, which shares no code with their writers. */
final class PartFormatsTest {

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("name", Column.Type.TEXT, "any text"),
          Column.of("units", Column.Type.NUMBER, "a number"),
          Column.of("isdone", Column.Type.FLAG, "a flag"),
          Column.of("at", Column.Type.TIME, "a time"),
          Column.of("day", Column.Type.DAY, "a day"),
          Column.of("id", Column.Type.UUID, "an id"),
          Column.of("total", Column.Type.TOTAL, "a sum"),
          Column.of("amount", Column.Type.AMOUNT, "money"),
          new Column(
              "legs",
              Column.Type.LIST,
              "elements",
              List.of(
                  Column.of("supplier", Column.Type.TEXT, "a text"),
                  Column.of("cost_nanos", Column.Type.NUMBER, "a number"))));

  /** 2026-10-01T00:00:00.000001Z. */
  private static final long AT = LocalDate.of(2026, 10, 1).toEpochDay() * 86_400_000_000L + 1;

  private static final String HARD = "Müller, \"Söhne\"\r\nund 🙂; =1+1\t\\";

  @TempDir Path directory;

  @Test
  void shouldWriteCsvAsRfc4180Says() {
    // given
    PartWriter csv = ExportFormat.CSV.writer(COLUMNS, 100);
    Cells row = new Cells(COLUMNS);
    // when
    add(csv, row);
    fill(row);
    add(csv, row);
    // then
    assertThat(text(csv.finish()))
        .isEqualTo(
            "name,units,isdone,at,day,id,total,amount,legs\r\n"
                + ",,,,,,,,[]\r\n"
                + "\"Müller, \"\"Söhne\"\"\r\nund 🙂; =1+1\t\\\",-9223372036854775808,true,"
                + "2026-10-01T00:00:00.000001Z,2026-09-30,019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55,"
                + "-99999999999999999999999999999999999999,-0.000000001,"
                + "\"[{\"\"supplier\"\":\"\"a,b\"\",\"\"cost_nanos\"\":7},{}]\"\r\n");
  }

  @Test
  void shouldWriteNdjsonWithoutWhatIsAbsent() {
    // given
    PartWriter json = ExportFormat.NDJSON.writer(COLUMNS, 100);
    Cells row = new Cells(COLUMNS);
    // when
    add(json, row);
    fill(row);
    add(json, row);
    // then
    assertThat(text(json.finish()))
        .isEqualTo(
            "{\"legs\":[]}\n"
                + "{\"name\":\"Müller, \\\"Söhne\\\"\\u000d\\u000aund 🙂; =1+1\\u0009\\\\\","
                + "\"units\":-9223372036854775808,\"isdone\":true,"
                + "\"at\":\"2026-10-01T00:00:00.000001Z\",\"day\":\"2026-09-30\","
                + "\"id\":\"019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55\","
                + "\"total\":\"-99999999999999999999999999999999999999\","
                + "\"amount\":\"-0.000000001\","
                + "\"legs\":[{\"supplier\":\"a,b\",\"cost_nanos\":7},{}]}\n");
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void shouldBeReadByDuckDb(ExportFormat format) throws IOException, SQLException {
    // given: so many rows that columns have several pages
    PartWriter writer = format.writer(COLUMNS, 100);
    Cells row = new Cells(COLUMNS);
    fill(row);
    add(writer, row);
    Random random = new Random(5);
    BigInteger units = BigInteger.valueOf(Long.MIN_VALUE);
    BigInteger costs = BigInteger.valueOf(7);
    long legs = 2;
    for (int i = 0; i < 250_000; i++) {
      row.clear();
      if (i % 3 != 0) {
        row.bytes(0, ("name " + random.nextInt(i + 1)).getBytes(StandardCharsets.UTF_8));
        row.number(1, i);
        units = units.add(BigInteger.valueOf(i));
      }
      row.number(2, i % 2);
      for (int n = 0; n < i % 4; n++) {
        Cells leg = row.add();
        leg.bytes(0, ("s" + n).getBytes(StandardCharsets.UTF_8));
        leg.number(1, i - 100_000L);
        costs = costs.add(BigInteger.valueOf(i - 100_000L));
        legs++;
      }
      add(writer, row);
    }
    Path file = write(format, writer);
    // when, then
    String table = table(format, file);
    assertThat(query("select count(*), count(units), sum(units::hugeint) from " + table))
        .containsExactly("250001", "166667", units.toString());
    assertThat(
            query(
                "select name, epoch_us(\"at\"), day, id, total::varchar, amount::varchar from "
                    + table
                    + " limit 1"))
        .containsExactly(
            HARD,
            String.valueOf(AT),
            "2026-09-30",
            "019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55",
            "-99999999999999999999999999999999999999",
            "-0.000000001");
    assertThat(
            query(
                "select count(*), sum(leg.cost_nanos::hugeint) from (select unnest("
                    + list(format)
                    + ") as leg from "
                    + table
                    + ")"))
        .containsExactly(String.valueOf(legs), costs.toString());
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void shouldMakeEqualBytesOfEqualRows(ExportFormat format) {
    assertThat(some(format)).isEqualTo(some(format));
  }

  @Test
  void shouldKeepBoundsOfColumnsInParquet() throws SQLException, IOException {
    // given
    PartWriter writer = ExportFormat.PARQUET.writer(COLUMNS, 100);
    Cells row = new Cells(COLUMNS);
    for (int i = 0; i < 1000; i++) {
      row.clear();
      row.number(1, i - 500);
      add(writer, row);
    }
    Path file = write(ExportFormat.PARQUET, writer);
    // then
    assertThat(
            query(
                "select stats_min_value, stats_max_value, stats_null_count, compression from"
                    + " parquet_metadata('"
                    + file
                    + "') where path_in_schema = 'units'"))
        .containsExactly("-500", "499", "0", "ZSTD");
  }

  private static byte[] some(ExportFormat format) {
    PartWriter writer = format.writer(COLUMNS, 1);
    Cells row = new Cells(COLUMNS);
    for (int i = 0; i < 5000; i++) {
      fill(row);
      row.number(1, i);
      add(writer, row);
    }
    Output out = writer.finish();
    return Arrays.copyOf(out.bytes(), out.size());
  }

  private static void add(PartWriter writer, Cells row) {
    writer.add(new Cells[] {row}, 0, 1, Integer.MAX_VALUE);
  }

  private static void fill(Cells row) {
    row.clear();
    row.bytes(0, HARD.getBytes(StandardCharsets.UTF_8));
    row.number(1, Long.MIN_VALUE);
    row.number(2, 1);
    row.number(3, AT);
    row.number(4, LocalDate.of(2026, 9, 30).toEpochDay());
    row.bytes(5, HexFormat.of().parseHex("019a9f3e5c1b7d4e8f003b7c2d1a9e55"));
    row.bytes(6, bytes(BigInteger.TEN.pow(38).subtract(BigInteger.ONE).negate()));
    row.bytes(7, bytes(BigInteger.valueOf(-1)));
    row.add().bytes(0, "a,b".getBytes(StandardCharsets.UTF_8));
    row.element(0).number(1, 7);
    row.add();
  }

  private static byte[] bytes(BigInteger value) {
    byte[] all = new byte[16];
    Arrays.fill(all, (byte) (value.signum() < 0 ? -1 : 0));
    byte[] some = value.toByteArray();
    System.arraycopy(some, 0, all, 16 - some.length, some.length);
    return all;
  }

  private Path write(ExportFormat format, PartWriter writer) throws IOException {
    Output out = writer.finish();
    Path file = directory.resolve("part." + format.title());
    Files.write(file, Arrays.copyOf(out.bytes(), out.size()));
    return file;
  }

  private static String table(ExportFormat format, Path file) {
    return switch (format) {
      case PARQUET -> "read_parquet('" + file + "')";
      case CSV ->
          "read_csv('"
              + file
              + "', header=true, delim=',', quote='\"', escape='\"', new_line='\\r\\n', columns={"
              + "'name':'VARCHAR','units':'BIGINT','isdone':'BOOLEAN','at':'TIMESTAMP',"
              + "'day':'DATE','id':'UUID','total':'DECIMAL(38,0)','amount':'DECIMAL(38,9)',"
              + "'legs':'JSON'}, nullstr='')";
      case NDJSON ->
          "read_json('"
              + file
              + "', format='newline_delimited', columns={"
              + "'name':'VARCHAR','units':'BIGINT','isdone':'BOOLEAN','at':'TIMESTAMP',"
              + "'day':'DATE','id':'UUID','total':'DECIMAL(38,0)','amount':'DECIMAL(38,9)',"
              + "'legs':'STRUCT(supplier VARCHAR, cost_nanos BIGINT)[]'})";
    };
  }

  private static String list(ExportFormat format) {
    return format == ExportFormat.CSV
        ? "from_json(legs, '[{\"supplier\":\"VARCHAR\",\"cost_nanos\":\"BIGINT\"}]')"
        : "legs";
  }

  static List<String> query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("set TimeZone = 'UTC'");
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

  private static String text(Output out) {
    return new String(out.bytes(), 0, out.size(), StandardCharsets.UTF_8);
  }
}
