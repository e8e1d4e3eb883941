package vellum.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** PostgreSQL as a user would set it up for this: see {@link PostgresSchema}. */
final class PostgresPeer implements Peer {

  /** Large enough that a commit is not what costs, small enough that an ack does not take long. */
  private static final int BATCH = 5_000;

  private final PostgresServer server;
  private @Nullable Connection asking;

  PostgresPeer(PeerPlace place) throws IOException {
    this.server = new PostgresServer(place);
  }

  @Override
  public List<String> lacks() {
    return List.of(
        "sealing: numbers stand on the disk in clear",
        "proof of the erasure",
        "totals by supplier (left out here)");
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public List<Path> logs() {
    return List.of(server.data().resolve("pg_wal"));
  }

  @Override
  public void start() throws IOException, InterruptedException {
    boolean isNew = server.init();
    server.start();
    server.process().await(this::connects);
    if (isNew) {
      try {
        PostgresSchema.create(asking());
      } catch (SQLException e) {
        throw new IOException("PostgreSQL does not take the tables", e);
      }
    }
  }

  private boolean connects() {
    try {
      asking = DriverManager.getConnection(server.url());
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  private Connection asking() {
    if (asking == null) {
      throw new IllegalStateException("PostgreSQL is not started");
    }
    return asking;
  }

  @Override
  public void stop() throws InterruptedException {
    disconnect();
    server.process().stop();
  }

  @Override
  public void kill() {
    server.kill();
    disconnect();
  }

  @Override
  public void close() {
    kill();
  }

  private void disconnect() {
    try {
      if (asking != null) {
        asking.close();
      }
    } catch (SQLException e) {
      // The server is gone already.
    }
    asking = null;
  }

  @Override
  public Sender sender(int producer, Acks acks) throws SQLException {
    return new PostgresSender(server.url(), acks);
  }

  @Override
  public void settle() {
    // What is committed is found and counted.
  }

  /** Statistics for the planner, which autovacuum brings some minutes after a load. */
  @Override
  public void rest() throws SQLException {
    try (Statement statement = asking().createStatement()) {
      statement.execute("analyze");
    }
  }

  @Override
  public int list(String account, long fromMicros, long toMicros, int limit) throws SQLException {
    try (PreparedStatement query = asking().prepareStatement(PostgresSchema.list())) {
      query.setString(1, account);
      query.setObject(2, time(fromMicros));
      query.setObject(3, time(toMicros));
      query.setObject(4, time(fromMicros));
      query.setObject(5, time(toMicros));
      query.setInt(6, limit);
      return readAll(query);
    }
  }

  @Override
  public int find(String number, int limit) throws SQLException {
    try (PreparedStatement query = asking().prepareStatement(PostgresSchema.find())) {
      query.setString(1, number);
      query.setString(2, number);
      query.setInt(3, limit);
      return readAll(query);
    }
  }

  /** Reads all columns of all rows; returns how many rows there are. */
  private static int readAll(PreparedStatement query) throws SQLException {
    int rows = 0;
    try (ResultSet found = query.executeQuery()) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        rows++;
        for (int column = 1; column <= columns; column++) {
          found.getString(column);
        }
      }
    }
    return rows;
  }

  private static OffsetDateTime time(long micros) {
    return Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(micros)).atOffset(ZoneOffset.UTC);
  }

  @Override
  public Totals totals(YearMonth month) throws SQLException {
    long rows = 0;
    long records = 0;
    long units = 0;
    long saleNanos = 0;
    try (PreparedStatement query = asking().prepareStatement(PostgresSchema.totals())) {
      query.setString(1, month.atDay(1).toString());
      query.setString(2, month.plusMonths(1).atDay(1).toString());
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          rows++;
          records += found.getLong(4);
          units += found.getLong(5);
          saleNanos += found.getLong(6);
        }
      }
    }
    return new Totals(rows, records, units, saleNanos);
  }

  /** The identities' partition is dropped; a checkpoint makes its files go. */
  @Override
  public Stripped strip(YearMonth month) throws SQLException {
    long start = System.nanoTime();
    try (Statement statement = asking().createStatement()) {
      statement.execute("drop table " + PostgresSchema.partition("identities", month));
      long gone = System.nanoTime();
      statement.execute("checkpoint");
      return new Stripped(gone - start, System.nanoTime() - start);
    }
  }

  @Override
  public void ids(long fromMicros, long toMicros, Consumer<String> sink) throws SQLException {
    try (PreparedStatement query = asking().prepareStatement(PostgresSchema.ids())) {
      query.setObject(1, time(fromMicros));
      query.setObject(2, time(toMicros));
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          sink.accept(found.getString(1));
        }
      }
    }
  }
}
