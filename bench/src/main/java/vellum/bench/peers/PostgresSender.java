package vellum.bench.peers;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** A session that takes a batch by COPY, sorts it out and commits: acked is what is committed. */
final class PostgresSender implements Sender {

  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement total;
  private final PostgresRows rows = new PostgresRows();
  private final Acks acks;

  PostgresSender(String url, Acks acks) throws SQLException {
    this.acks = acks;
    connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      for (String sql : PostgresSchema.session()) {
        statement.execute(sql);
      }
    }
    insert = connection.prepareStatement(PostgresSchema.insert());
    total = connection.prepareStatement(PostgresSchema.total());
    connection.setAutoCommit(false);
  }

  @Override
  public void send(List<PeerRecord> records) throws SQLException {
    ByteBuffer copied = rows.write(records);
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(PostgresSchema.copy());
    copy.writeToCopy(copied.array(), copied.arrayOffset(), copied.limit());
    copy.endCopy();
    insert.execute();
    total.execute();
    connection.commit();
    records.forEach(acks::acked);
  }

  @Override
  public void flush() {
    // Nothing is sent and not acked.
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It was broken, then: there is nothing to be lost in it.
    }
  }
}
