package vellum.bench.peers;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tables and statements of the PostgreSQL peer. Records and identities are partitioned by month, so
 * that a month's identities are one table that can be dropped. The primary key is what finds an
 * account's records of a time, and duplicates. Totals have the dimensions of Vellum's cube of
 * sales; there are none by supplier, which is in favour of PostgreSQL. Stateless.
 */
final class PostgresSchema {

  /** The columns of staging, in order: all. */
  static final List<PeerColumn> STAGED = List.of(PeerColumn.values());

  private static final String KEY = "account, started_at, record_id";
  private static final String CELL =
      "day, account, channel, direction, traffic_type, country, mcc_mnc, status_group, currency";
  private static final String SUMS = "records, units, duration_ms, sale_nanos, cost_nanos";

  private PostgresSchema() {}

  /** Columns of {@code records}: all that are no identity. */
  static String recordColumns() {
    return STAGED.stream()
        .filter(column -> column.type() != PeerColumn.Type.IDENTITY)
        .map(PeerColumn::title)
        .collect(Collectors.joining(", "));
  }

  private static String types(boolean identities) {
    return STAGED.stream()
        .filter(column -> identities || column.type() != PeerColumn.Type.IDENTITY)
        .map(column -> column.title() + ' ' + type(column))
        .collect(Collectors.joining(", "));
  }

  private static String type(PeerColumn column) {
    return switch (column.type()) {
      case ID -> "uuid not null";
      case TIME -> column == PeerColumn.STARTED_AT ? "timestamptz not null" : "timestamptz";
      case SMALL -> "smallint not null";
      case LONG -> "bigint not null";
      case TEXT -> column == PeerColumn.ACCOUNT ? "text not null" : "text";
      case IDENTITY -> "text";
    };
  }

  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create table records ("
              + types(false)
              + ", changes smallint not null default 0, version smallint not null default 1,"
              + " primary key ("
              + KEY
              + ")) partition by range (started_at)");
      statement.execute(
          "create table identities (record_id uuid not null, account text not null, started_at"
              + " timestamptz not null, sender text, recipient text) partition by range"
              + " (started_at)");
      statement.execute("create index on identities (sender)");
      statement.execute("create index on identities (recipient)");
      YearMonth month = Slice.OLDEST;
      for (int i = 0; i < Slice.MONTHS; i++, month = month.plusMonths(1)) {
        for (String table : List.of("records", "identities")) {
          statement.execute(
              String.format(
                  "create table %s partition of %s for values from ('%s 00:00Z') to ('%s 00:00Z')",
                  partition(table, month), table, month.atDay(1), month.plusMonths(1).atDay(1)));
        }
      }
      statement.execute(
          "create table totals (day date, account text, channel smallint, direction smallint,"
              + " traffic_type smallint, country text, mcc_mnc text, status_group smallint, currency"
              + " text, records bigint not null, units numeric not null, duration_ms numeric not"
              + " null, sale_nanos numeric not null, cost_nanos numeric not null, primary key ("
              + CELL
              + ")) with (fillfactor = 70)");
    }
  }

  static String partition(String table, YearMonth month) {
    return table + '_' + month.toString().replace('-', '_');
  }

  /** What a producer's session needs: tables that are empty behind each commit. */
  static List<String> session() {
    return List.of(
        "create temporary table staging (" + types(true) + ") on commit delete rows",
        "create temporary table cells (like totals) on commit delete rows");
  }

  static String copy() {
    return "copy staging from stdin binary";
  }

  /**
   * From staging into records and identities, and into cells what is new. In order of the key, so
   * that no two sessions wait for each other. A message of a later version would change the record;
   * one of the same version is a duplicate and does nothing.
   */
  static String insert() {
    String columns = recordColumns();
    String changed =
        Arrays.stream(columns.split(", "))
            .filter(column -> !List.of(KEY.split(", ")).contains(column))
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", "));
    return "with once as (select distinct on ("
        + KEY
        + ") * from staging order by "
        + KEY
        + "), fresh as (insert into records ("
        + columns
        + ") select "
        + columns
        + " from once order by "
        + KEY
        + " on conflict ("
        + KEY
        + ") do update set "
        + changed
        + ", version = excluded.version, changes = records.changes + 1"
        + " where records.version < excluded.version returning "
        + columns
        + ", changes), who as (insert into identities (record_id, account, started_at, sender,"
        + " recipient) select o.record_id, o.account, o.started_at, o.sender, o.recipient from once"
        + " o join fresh f using ("
        + KEY
        + ") where f.changes = 0) insert into cells select (started_at at time zone 'UTC')::date,"
        + " account, channel, direction, traffic_type, coalesce(country, ''),"
        + " coalesce(mcc_mnc, ''),"
        + " status_group, currency, count(*), sum(units), sum(duration_ms), sum(sale_nanos),"
        + " sum(cost_nanos) from fresh where changes = 0 group by 1, 2, 3, 4, 5, 6, 7, 8, 9";
  }

  /** From cells into totals, in order of the key. */
  static String total() {
    String sums =
        Arrays.stream(SUMS.split(", "))
            .map(sum -> sum + " = totals." + sum + " + excluded." + sum)
            .collect(Collectors.joining(", "));
    return "insert into totals select * from cells order by "
        + CELL
        + " on conflict ("
        + CELL
        + ") do update set "
        + sums;
  }

  static String list() {
    // The time is said of both, so that both are looked for in one month's partition only.
    return "select r.*, i.sender, i.recipient from (select * from records where account = ? and"
        + " started_at >= ? and started_at < ?) r left join (select * from identities where"
        + " started_at >= ? and started_at < ?) i using ("
        + KEY
        + ") order by started_at limit ?";
  }

  /** Records with their identities: of both columns, each record once. */
  static String find() {
    return "select r.*, i.sender, i.recipient from (select * from identities where sender = ?"
        + " union select * from identities where recipient = ?) i join records r using ("
        + KEY
        + ") limit ?";
  }

  static String totals() {
    return "select account, channel, currency, sum(records), sum(units), sum(sale_nanos)"
        + " from totals where day >= ?::date and day < ?::date group by 1, 2, 3";
  }

  static String ids() {
    return "select record_id from records where started_at >= ? and started_at < ?";
  }
}
