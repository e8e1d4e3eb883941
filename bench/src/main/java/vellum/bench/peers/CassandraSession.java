package vellum.bench.peers;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Cassandra's own client, with statements prepared once. Thread-safe. */
final class CassandraSession implements AutoCloseable {

  private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(2);
  private static final int REQUESTS = 2_048;

  private final CqlSession session;
  private final Map<String, PreparedStatement> statements = new ConcurrentHashMap<>();

  CassandraSession(int port) {
    session =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .withLocalDatacenter("datacenter1")
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, ANSWERS_WITHIN)
                    .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, ANSWERS_WITHIN)
                    .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, REQUESTS)
                    .build())
            .build();
  }

  /** Changes the schema. */
  void change(List<String> commands) {
    for (String command : commands) {
      session.execute(SimpleStatement.newInstance(command).setTimeout(ANSWERS_WITHIN));
    }
  }

  /** Asks which tables there are now; otherwise that is heard some time after a change. */
  void refresh() {
    session.refreshSchema();
  }

  /** Whether there is a table, as last heard of. */
  boolean has(String table) {
    return session
        .getMetadata()
        .getKeyspace(CassandraTables.KEYSPACE)
        .flatMap(keyspace -> keyspace.getTable(table))
        .isPresent();
  }

  /** Names of all tables, as last heard of. */
  List<String> tables() {
    return session
        .getMetadata()
        .getKeyspace(CassandraTables.KEYSPACE)
        .map(KeyspaceMetadata::getTables)
        .map(tables -> tables.keySet().stream().map(name -> name.asInternal()).sorted().toList())
        .orElse(List.of());
  }

  /** A statement with these values. */
  BoundStatement bind(String cql, Object... values) {
    return prepared(cql).bind(values);
  }

  /** A statement whose values are still to be set. */
  BoundStatementBuilder builder(String cql) {
    return prepared(cql).boundStatementBuilder();
  }

  private PreparedStatement prepared(String cql) {
    return statements.computeIfAbsent(cql, session::prepare);
  }

  ResultSet ask(String cql, Object... values) {
    return session.execute(bind(cql, values));
  }

  CompletionStage<AsyncResultSet> askLater(BoundStatement statement) {
    return session.executeAsync(statement);
  }

  /** Waits for an answer and hands out its rows, of all its pages. */
  static void each(CompletionStage<AsyncResultSet> answer, Consumer<Row> sink) {
    AsyncResultSet page = answer.toCompletableFuture().join();
    page.currentPage().forEach(sink);
    while (page.hasMorePages()) {
      page = page.fetchNextPage().toCompletableFuture().join();
      page.currentPage().forEach(sink);
    }
  }

  @Override
  public void close() {
    session.forceCloseAsync().toCompletableFuture().join();
  }
}
