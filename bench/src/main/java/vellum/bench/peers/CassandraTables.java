package vellum.bench.peers;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Cassandra's tables and the statements to them. A month has a table of records, in a partition for
 * each account and hour, and one that leads from a number to records; a year has one of totals.
 * Times are microseconds. The strip drops the second table and two columns of the first.
 *
 * <pre>
 *   records_2026_02   ((account, hour), started_at, record_id) all columns
 *   subjects_2026_02  (subject, started_at, record_id) account
 *   totals_2026       ((month), account, channel, mcc_mnc, currency) records, units,
 *                     sale_nanos, upto: offset of the last one counted by partition of Kafka
 *   offsets           (source) next: read a partition of Kafka from here after a restart
 * </pre>
 */
final class CassandraTables {

  static final String KEYSPACE = "peer";
  static final String RECORDS = "records_";
  static final String SUBJECTS = "subjects_";
  static final String TOTALS = "totals_";

  static final String CREATE_KEYSPACE =
      "CREATE KEYSPACE IF NOT EXISTS peer WITH replication ="
          + " {'class': 'SimpleStrategy', 'replication_factor': 1}";

  static final String CREATE_OFFSETS =
      "CREATE TABLE IF NOT EXISTS peer.offsets (source int PRIMARY KEY, next bigint)";

  private static final List<PeerColumn> COLUMNS = List.of(PeerColumn.values());
  private static final long HOUR_MICROS = TimeUnit.HOURS.toMicros(1);

  private CassandraTables() {}

  /**
   * All columns of a record, as {@link #insertRecord} has them; {@code hour} stands behind them.
   */
  static List<PeerColumn> columns() {
    return COLUMNS;
  }

  /** Which hour of an account's records a time belongs to. */
  static long hour(long micros) {
    return Math.floorDiv(micros, HOUR_MICROS);
  }

  static YearMonth month(long micros) {
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, TimeUnit.SECONDS.toMicros(1)));
    return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
  }

  static String table(String kind, YearMonth month) {
    String name = kind + month.getYear();
    return kind.equals(TOTALS) ? name : name + String.format("_%02d", month.getMonthValue());
  }

  static List<String> create(YearMonth month) {
    return List.of(
        COLUMNS.stream()
            .map(column -> column.title() + ' ' + type(column))
            .collect(
                Collectors.joining(
                    ", ",
                    "CREATE TABLE IF NOT EXISTS peer." + table(RECORDS, month) + " (",
                    ", hour bigint, PRIMARY KEY ((account, hour), started_at, record_id))")),
        "CREATE TABLE IF NOT EXISTS peer."
            + table(SUBJECTS, month)
            + " (subject text, started_at bigint, record_id uuid, account text,"
            + " PRIMARY KEY (subject, started_at, record_id))",
        "CREATE TABLE IF NOT EXISTS peer."
            + table(TOTALS, month)
            + " (month text, account text, channel smallint, mcc_mnc text, currency text,"
            + " records bigint, units bigint, sale_nanos bigint, upto frozen<map<int, bigint>>,"
            + " PRIMARY KEY ((month), account, channel, mcc_mnc, currency))");
  }

  private static String type(PeerColumn column) {
    return switch (column.type()) {
      case ID -> "uuid";
      case TIME, LONG -> "bigint";
      case SMALL -> "smallint";
      case TEXT, IDENTITY -> "text";
    };
  }

  static String insertRecord(YearMonth month) {
    return insert(
        table(RECORDS, month),
        COLUMNS.stream().map(PeerColumn::title).collect(Collectors.joining(", ")) + ", hour");
  }

  static String insertSubject(YearMonth month) {
    return insert(table(SUBJECTS, month), "subject, started_at, record_id, account");
  }

  static String insertTotals(YearMonth month) {
    return insert(
        table(TOTALS, month),
        "month, account, channel, mcc_mnc, currency, records, units, sale_nanos, upto");
  }

  static String insertOffset() {
    return insert("offsets", "source, next");
  }

  private static String insert(String table, String columns) {
    String values =
        Arrays.stream(columns.split(", ")).map(c -> "?").collect(Collectors.joining(", "));
    return "INSERT INTO peer." + table + " (" + columns + ") VALUES (" + values + ")";
  }

  /** All columns of an account's records of an hour, from one time to another. */
  static String list(YearMonth month) {
    return "SELECT * FROM peer."
        + table(RECORDS, month)
        + " WHERE account = ? AND hour = ? AND started_at >= ? AND started_at < ? LIMIT ?";
  }

  /** Where a number's records of a month are. */
  static String find(YearMonth month) {
    return "SELECT account, started_at, record_id FROM peer."
        + table(SUBJECTS, month)
        + " WHERE subject = ? LIMIT ?";
  }

  /** One record. */
  static String record(YearMonth month) {
    return "SELECT * FROM peer."
        + table(RECORDS, month)
        + " WHERE account = ? AND hour = ? AND started_at = ? AND record_id = ?";
  }

  static String totals(YearMonth month) {
    return "SELECT * FROM peer." + table(TOTALS, month) + " WHERE month = ?";
  }

  /** Ids of a month's records that started within a time: the whole table is read. */
  static String ids(YearMonth month) {
    return "SELECT record_id FROM peer."
        + table(RECORDS, month)
        + " WHERE started_at >= ? AND started_at < ? ALLOW FILTERING";
  }

  /** What makes a month's identities unreadable. */
  static List<String> strip(YearMonth month) {
    return List.of(
        "ALTER TABLE peer." + table(RECORDS, month) + " DROP (sender, recipient)",
        "DROP TABLE peer." + table(SUBJECTS, month));
  }
}
