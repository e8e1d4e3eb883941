package vellum.bench.peers;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * QuestDB's two tables and the questions to them. {@code records} has all columns without
 * identities, {@code identities} those of each record, so that a month of them can be dropped as a
 * partition. Both are ordered by {@code started_at}, in partitions of a month, and keep one row of
 * each (started_at, record_id): the last one written.
 */
final class QuestDbTables {

  static final String RECORDS = "records";
  static final String IDENTITIES = "identities";

  /** Texts of which nearly each record has another: a dictionary of them would only grow. */
  private static final Set<PeerColumn> LONG_TAILED =
      EnumSet.of(PeerColumn.BULK_ID, PeerColumn.SUPPLIER_MESSAGE_ID);

  private QuestDbTables() {}

  static List<PeerColumn> columns(String table) {
    return Arrays.stream(PeerColumn.values()).filter(column -> isIn(column, table)).toList();
  }

  /** Whether the column's values go through a dictionary of the table. */
  static boolean isSymbol(PeerColumn column) {
    return column.type() == PeerColumn.Type.TEXT && !LONG_TAILED.contains(column);
  }

  private static boolean isIn(PeerColumn column, String table) {
    return switch (column) {
      case RECORD_ID, STARTED_AT, ACCOUNT -> true;
      default -> (column.type() == PeerColumn.Type.IDENTITY) == table.equals(IDENTITIES);
    };
  }

  static String create(String table) {
    return columns(table).stream()
        .map(column -> column.title() + ' ' + type(column))
        .collect(
            Collectors.joining(
                ", ",
                "CREATE TABLE IF NOT EXISTS " + table + " (",
                ") TIMESTAMP(started_at) PARTITION BY MONTH WAL"
                    + " DEDUP UPSERT KEYS(started_at, record_id)"));
  }

  private static String type(PeerColumn column) {
    return switch (column.type()) {
      case ID -> "UUID";
      case TIME -> "TIMESTAMP";
      case SMALL -> "SHORT";
      case LONG -> "LONG";
      case IDENTITY -> "VARCHAR";
      case TEXT -> {
        if (!isSymbol(column)) {
          yield "VARCHAR";
        }
        yield column == PeerColumn.ACCOUNT ? "SYMBOL CAPACITY 1024 INDEX" : "SYMBOL";
      }
    };
  }

  /** All columns of an account's records in a time, in order of time. */
  static String list(String account, long fromMicros, long toMicros, int limit) {
    String which = " WHERE account = " + text(account) + " AND " + within(fromMicros, toMicros);
    return "SELECT r.*, i.sender, i.recipient FROM (SELECT * FROM records"
        + which
        + " ORDER BY started_at LIMIT "
        + limit
        + ") r LEFT JOIN (SELECT record_id, sender, recipient FROM identities"
        + which
        + ") i ON (record_id) ORDER BY r.started_at";
  }

  /** Time in microseconds, id, sender and recipient of the records of a number. */
  static String find(String number, int limit) {
    return "SELECT started_at::LONG, record_id, sender, recipient FROM identities WHERE sender = "
        + text(number)
        + " OR recipient = "
        + text(number)
        + " LIMIT "
        + limit;
  }

  /** All columns without identities of the records that started at one of the times. */
  static String startedAt(List<Long> micros) {
    return micros.stream()
        .map(at -> "CAST(" + at + " AS TIMESTAMP)")
        .collect(Collectors.joining(", ", "SELECT * FROM records WHERE started_at IN (", ")"));
  }

  /** A month's totals; the last three columns are records, units and amount. */
  static String totals(YearMonth month) {
    return "SELECT account, channel, currency, count(), sum(units), sum(sale_nanos)"
        + " FROM records WHERE started_at IN "
        + text(month.toString());
  }

  static String ids(long fromMicros, long toMicros) {
    return "SELECT record_id FROM records WHERE " + within(fromMicros, toMicros);
  }

  static String dropIdentities(YearMonth month) {
    return "ALTER TABLE identities DROP PARTITION LIST " + text(month.toString());
  }

  private static String within(long fromMicros, long toMicros) {
    return "started_at >= " + fromMicros + " AND started_at < " + toMicros;
  }

  private static String text(String value) {
    return '\'' + value.replace("'", "''") + '\'';
  }
}
