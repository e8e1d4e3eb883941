package vellum.bench.peers;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Answers questions out of {@link CassandraTables}. For one thread. */
final class CassandraReader {

  private final CassandraSession session;

  CassandraReader(CassandraSession session) {
    this.session = session;
  }

  /** {@link Peer#list}: hour by hour. */
  int list(String account, long fromMicros, long toMicros, int limit) {
    int records = 0;
    long last = CassandraTables.hour(toMicros - 1);
    for (long hour = CassandraTables.hour(fromMicros); hour <= last && records < limit; hour++) {
      YearMonth month = CassandraTables.month(hour * Questions.Hour.MICROS);
      if (!session.has(CassandraTables.table(CassandraTables.RECORDS, month))) {
        continue;
      }
      for (Row row :
          session.ask(
              CassandraTables.list(month), account, hour, fromMicros, toMicros, limit - records)) {
        records += row.size() > 0 ? 1 : 0;
      }
    }
    return records;
  }

  /** {@link Peer#find}: asks all months at once where the records are, then for all of them. */
  int find(String number, int limit) {
    List<CompletionStage<AsyncResultSet>> places = new ArrayList<>();
    for (YearMonth month : months(CassandraTables.SUBJECTS)) {
      places.add(session.askLater(session.bind(CassandraTables.find(month), number, limit)));
    }
    List<CompletionStage<AsyncResultSet>> records = new ArrayList<>();
    for (CompletionStage<AsyncResultSet> month : places) {
      CassandraSession.each(month, row -> records.add(record(row)));
    }
    int[] found = new int[1];
    for (CompletionStage<AsyncResultSet> record : records) {
      CassandraSession.each(record, row -> found[0]++);
    }
    return Math.min(limit, found[0]);
  }

  private CompletionStage<AsyncResultSet> record(Row place) {
    long startedAt = place.getLong("started_at");
    return session.askLater(
        session.bind(
            CassandraTables.record(CassandraTables.month(startedAt)),
            place.getString("account"),
            CassandraTables.hour(startedAt),
            startedAt,
            place.getUuid("record_id")));
  }

  /** {@link Peer#totals}. */
  Peer.Totals totals(YearMonth month) {
    // The table has networks too, which stand before the currency: nothing it could group by.
    Set<List<Object>> rows = new HashSet<>();
    long records = 0;
    long units = 0;
    long saleNanos = 0;
    for (Row row : session.ask(CassandraTables.totals(month), month.toString())) {
      rows.add(
          List.of(row.getString("account"), row.getShort("channel"), row.getString("currency")));
      records += row.getLong("records");
      units += row.getLong("units");
      saleNanos += row.getLong("sale_nanos");
    }
    return new Peer.Totals(rows.size(), records, units, saleNanos);
  }

  /** {@link Peer#ids}. */
  void ids(long fromMicros, long toMicros, Consumer<String> sink) {
    for (YearMonth month : months(CassandraTables.RECORDS)) {
      if (month.isBefore(CassandraTables.month(fromMicros))
          || month.isAfter(CassandraTables.month(toMicros - 1))) {
        continue;
      }
      for (Row row : session.ask(CassandraTables.ids(month), fromMicros, toMicros)) {
        sink.accept(String.valueOf(row.getUuid("record_id")));
      }
    }
  }

  private List<YearMonth> months(String kind) {
    return session.tables().stream()
        .filter(table -> table.startsWith(kind))
        .map(table -> YearMonth.parse(table.substring(kind.length()).replace('_', '-')))
        .toList();
  }
}
