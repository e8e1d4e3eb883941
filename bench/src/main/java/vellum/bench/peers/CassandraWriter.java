package vellum.bench.peers;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.Row;
import java.io.IOException;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes records, totals and offsets into {@link CassandraTables}, many at a time. For one thread.
 */
final class CassandraWriter {

  /** Statements that wait for their answers at most. */
  private static final int IN_FLIGHT = 512;

  private final CassandraSession session;
  private final Semaphore free = new Semaphore(IN_FLIGHT);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Set<YearMonth> months = new HashSet<>();

  CassandraWriter(CassandraSession session) {
    this.session = session;
  }

  /** Begins to write a record and what leads to it. */
  void write(PeerRecord record) throws InterruptedException {
    long startedAt = record.number(PeerColumn.STARTED_AT);
    YearMonth month = CassandraTables.month(startedAt);
    if (months.add(month)) {
      session.change(CassandraTables.create(month));
    }
    BoundStatementBuilder insert = session.builder(CassandraTables.insertRecord(month));
    int i = 0;
    for (PeerColumn column : CassandraTables.columns()) {
      insert = set(insert, i++, column, record);
    }
    send(insert.setLong(i, CassandraTables.hour(startedAt)).build());
    for (String subject : record.subjects()) {
      send(
          session.bind(
              CassandraTables.insertSubject(month),
              subject,
              startedAt,
              new UUID(record.idHigh(), record.idLow()),
              record.text(PeerColumn.ACCOUNT)));
    }
  }

  /** Leaves out what the record has not: a null would be stored, as a tombstone. */
  private static BoundStatementBuilder set(
      BoundStatementBuilder insert, int i, PeerColumn column, PeerRecord record) {
    return switch (column.type()) {
      case ID -> insert.setUuid(i, new UUID(record.idHigh(), record.idLow()));
      case TIME -> record.number(column) == 0 ? insert : insert.setLong(i, record.number(column));
      case LONG -> insert.setLong(i, record.number(column));
      case SMALL -> insert.setShort(i, (short) record.number(column));
      case TEXT, IDENTITY ->
          record.text(column).isEmpty() ? insert : insert.setString(i, record.text(column));
    };
  }

  /** Writes totals, waits, then writes from where to read after a restart. */
  void checkpoint(CassandraTotals totals, Map<Integer, Long> next)
      throws IOException, InterruptedException {
    for (Map.Entry<CassandraTotals.Key, CassandraTotals.Cell> changed :
        totals.changes().entrySet()) {
      CassandraTotals.Key key = changed.getKey();
      CassandraTotals.Cell cell = changed.getValue();
      send(
          session.bind(
              CassandraTables.insertTotals(key.month()),
              key.month().toString(),
              key.account(),
              key.channel(),
              key.mccMnc(),
              key.currency(),
              cell.records(),
              cell.units(),
              cell.saleNanos(),
              cell.upto()));
    }
    await();
    for (Map.Entry<Integer, Long> source : next.entrySet()) {
      send(session.bind(CassandraTables.insertOffset(), source.getKey(), source.getValue()));
    }
    await();
  }

  /** Reads the totals that were written before. */
  void restore(CassandraTotals totals) {
    for (String table : session.tables()) {
      if (table.startsWith(CassandraTables.TOTALS)) {
        for (Row row : session.ask("SELECT * FROM peer." + table)) {
          totals.restore(key(row), cell(row));
        }
      }
    }
  }

  private static CassandraTotals.Key key(Row row) {
    return new CassandraTotals.Key(
        YearMonth.parse(text(row, "month")),
        text(row, "account"),
        row.getShort("channel"),
        text(row, "mcc_mnc"),
        text(row, "currency"));
  }

  private static CassandraTotals.Cell cell(Row row) {
    return new CassandraTotals.Cell(
        row.getLong("records"),
        row.getLong("units"),
        row.getLong("sale_nanos"),
        Objects.requireNonNullElse(row.getMap("upto", Integer.class, Long.class), Map.of()));
  }

  private static String text(Row row, String column) {
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  /** Where to read on, by source. */
  Map<Integer, Long> offsets() {
    Map<Integer, Long> offsets = new HashMap<>();
    for (Row row : session.ask("SELECT source, next FROM peer.offsets")) {
      offsets.put(row.getInt("source"), row.getLong("next"));
    }
    return offsets;
  }

  private void send(BoundStatement statement) throws InterruptedException {
    free.acquire();
    session
        .askLater(statement)
        .whenComplete(
            (result, failed) -> {
              if (failed != null) {
                failure.compareAndSet(null, failed);
              }
              free.release();
            });
  }

  /** Waits until everything is written. */
  private void await() throws IOException, InterruptedException {
    free.acquire(IN_FLIGHT);
    free.release(IN_FLIGHT);
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IOException("Cassandra did not write", failed);
    }
  }
}
