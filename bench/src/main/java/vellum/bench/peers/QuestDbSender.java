package vellum.bench.peers;

import io.questdb.client.cutlass.line.LineSenderException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * A producer that writes through QuestDB's own client: line protocol over HTTP, a request for each
 * {@link #send}. It is answered when the rows are in the server's write-ahead log, which by default
 * is not forced to disk. Thread-safe, so that it can be closed while it sends.
 */
final class QuestDbSender implements Sender {

  private static final List<PeerColumn> RECORD = QuestDbTables.columns(QuestDbTables.RECORDS);
  private static final List<PeerColumn> IDENTITY = QuestDbTables.columns(QuestDbTables.IDENTITIES);

  private final io.questdb.client.Sender client;
  private final Acks acks;

  QuestDbSender(int port, Acks acks) {
    this.client =
        io.questdb.client.Sender.fromConfig(
            "http::addr=127.0.0.1:" + port + ";auto_flush=off;retry_timeout=0;");
    this.acks = acks;
  }

  @Override
  public synchronized void send(List<PeerRecord> records) {
    for (PeerRecord record : records) {
      row(QuestDbTables.RECORDS, RECORD, record);
      row(QuestDbTables.IDENTITIES, IDENTITY, record);
    }
    try {
      client.flush();
    } catch (LineSenderException e) {
      client.reset();
      records.forEach(record -> acks.refused(record, String.valueOf(e.getMessage())));
      return;
    }
    records.forEach(acks::acked);
  }

  private void row(String table, List<PeerColumn> columns, PeerRecord record) {
    client.table(table);
    for (PeerColumn column : columns) {
      if (QuestDbTables.isSymbol(column) && !record.text(column).isEmpty()) {
        client.symbol(column.title(), record.text(column));
      }
    }
    for (PeerColumn column : columns) {
      if (!QuestDbTables.isSymbol(column) && column != PeerColumn.STARTED_AT) {
        put(column, record);
      }
    }
    client.at(record.number(PeerColumn.STARTED_AT), ChronoUnit.MICROS);
  }

  private void put(PeerColumn column, PeerRecord record) {
    switch (column.type()) {
      case ID ->
          client.stringColumn(column.title(), new UUID(record.idHigh(), record.idLow()).toString());
      case TIME -> {
        if (record.number(column) != 0) {
          client.timestampColumn(column.title(), record.number(column), ChronoUnit.MICROS);
        }
      }
      case SMALL, LONG -> client.longColumn(column.title(), record.number(column));
      case TEXT, IDENTITY -> {
        if (!record.text(column).isEmpty()) {
          client.stringColumn(column.title(), record.text(column));
        }
      }
    }
  }

  @Override
  public void flush() {}

  @Override
  public synchronized void close() {
    client.close();
  }
}
