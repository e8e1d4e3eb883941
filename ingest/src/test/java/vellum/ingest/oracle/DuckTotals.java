package vellum.ingest.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An independent sum of the records that were sent, in SQL over their NDJSON: DuckDB reads the
 * lines, keeps the latest version of each aspect and leg, finds the days by its own time zones, and
 * adds up in 128 bits. Nothing of Vellum's is used but the field names of the file. Not
 * thread-safe.
 *
 * <p>{@link #register} and {@link #load} come in the order in which Vellum got them: a record keeps
 * the zone that its account had when its first message came, a leg the one that its supplier had
 * when its version came.
 */
public final class DuckTotals implements AutoCloseable {

  /** Columns by which accounts' totals are grouped. */
  public static final List<String> SALE =
      List.of(
          "account",
          "day",
          "channel",
          "direction",
          "traffic_type",
          "country",
          "mcc_mnc",
          "status_group",
          "currency");

  /** Columns by which suppliers' totals are grouped. */
  public static final List<String> COST =
      List.of(
          "supplier",
          "day",
          "connection",
          "route",
          "mcc_mnc",
          "channel",
          "status_group",
          "currency");

  private static final String MESSAGES =
      """
      CREATE TABLE message (
        seq BIGINT, registry INTEGER, record_id VARCHAR, account VARCHAR, channel VARCHAR,
        started TIMESTAMPTZ,
        submission STRUCT(version BIGINT, direction VARCHAR, traffic_type VARCHAR,
          country_of_recipient VARCHAR, mcc_mnc VARCHAR),
        delivery STRUCT(version BIGINT, status_group VARCHAR),
        rating STRUCT(version BIGINT, units BIGINT, sale_price_nanos BIGINT,
          cost_price_nanos BIGINT, currency VARCHAR, billed_duration_ms BIGINT),
        legs STRUCT(version BIGINT, number BIGINT, supplier VARCHAR, connection VARCHAR,
          route VARCHAR, mcc_mnc VARCHAR, status_group VARCHAR, units BIGINT, cost_nanos BIGINT,
          currency VARCHAR)[]);
      CREATE TABLE term (registry INTEGER, kind VARCHAR, id VARCHAR, valid_from TIMESTAMPTZ,
        zone VARCHAR);
      """;

  private static final String LOAD =
      """
      INSERT INTO message
      SELECT (SELECT coalesce(max(seq), 0) FROM message) + row_number() OVER (), ?,
        record_id, account, channel, started_at::TIMESTAMPTZ,
        submission, delivery, rating, legs
      FROM read_ndjson(?, maximum_object_size = 1048576, columns = {
        record_id: 'VARCHAR', account: 'VARCHAR', channel: 'VARCHAR', started_at: 'VARCHAR',
        submission: 'STRUCT(version BIGINT, direction VARCHAR, traffic_type VARCHAR,
          country_of_recipient VARCHAR, mcc_mnc VARCHAR)',
        delivery: 'STRUCT(version BIGINT, status_group VARCHAR)',
        rating: 'STRUCT(version BIGINT, units BIGINT, sale_price_nanos BIGINT,
          cost_price_nanos BIGINT, currency VARCHAR, billed_duration_ms BIGINT)',
        legs: 'STRUCT(version BIGINT, number BIGINT, supplier VARCHAR, connection VARCHAR,
          route VARCHAR, mcc_mnc VARCHAR, status_group VARCHAR, units BIGINT, cost_nanos BIGINT,
          currency VARCHAR)[]'})
      """;

  /** Of the same version the first one counts: another content is a conflict. */
  private static final String LATEST =
      "max_by(%1$s, %1$s.version::HUGEINT * 1000000000000 - seq) FILTER (%1$s IS NOT NULL) AS %1$s";

  private static final String RECORDS =
      """
      CREATE OR REPLACE TABLE record AS
      SELECT account, record_id, any_value(channel) AS channel, any_value(started) AS started,
        min_by(registry, seq) AS registry, %s, %s, %s
      FROM message GROUP BY account, record_id;
      CREATE OR REPLACE TABLE leg AS
      SELECT any_value(channel) AS channel, any_value(started) AS started,
        max_by(registry, leg.version::HUGEINT * 1000000000000 - seq) AS registry, %s
      FROM (SELECT account, record_id, channel, started, registry, seq, unnest(legs) AS leg
        FROM message) GROUP BY account, record_id, leg.number;
      """
          .formatted(
              LATEST.formatted("submission"),
              LATEST.formatted("delivery"),
              LATEST.formatted("rating"),
              LATEST.formatted("leg"));

  private static final String DAY = "coalesce(timezone(t.zone, %1$s), timezone('UTC', %1$s))::DATE";

  private static final String CUBES =
      """
      CREATE OR REPLACE TABLE sale AS
      SELECT r.account, %s AS day, strftime(day, '%%Y-%%m') AS month, started, r.record_id,
        rating.version AS version, r.channel, submission.direction AS direction,
        submission.traffic_type AS traffic_type, submission.country_of_recipient AS country,
        submission.mcc_mnc AS mcc_mnc, delivery.status_group AS status_group,
        rating.currency AS currency, coalesce(rating.units, 0) AS units,
        coalesce(rating.billed_duration_ms, 0) AS duration_ms,
        coalesce(rating.sale_price_nanos, 0) AS amount,
        coalesce(rating.cost_price_nanos, 0) AS expected_cost
      FROM record r ASOF LEFT JOIN (FROM term WHERE kind = 'account') t
        ON r.registry = t.registry AND r.account = t.id AND r.started >= t.valid_from;
      CREATE OR REPLACE TABLE cost AS
      SELECT leg.supplier AS supplier, %s AS day, strftime(day, '%%Y-%%m') AS month, started, leg.connection AS connection,
        leg.route AS route, leg.mcc_mnc AS mcc_mnc, l.channel,
        leg.status_group AS status_group, leg.currency AS currency,
        coalesce(leg.units, 0) AS units, 0 AS duration_ms,
        coalesce(leg.cost_nanos, 0) AS amount, 0 AS expected_cost
      FROM leg l ASOF LEFT JOIN (FROM term WHERE kind = 'supplier') t
        ON l.registry = t.registry AND l.leg.supplier = t.id AND l.started >= t.valid_from;
      """
          .formatted(DAY.formatted("r.started"), DAY.formatted("l.started"));

  private final Connection connection;
  private int registry;
  private boolean isSummed;

  public DuckTotals() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    run("SET autoinstall_known_extensions = false");
    run("SET autoload_known_extensions = false");
    run("SET TimeZone = 'UTC'");
    run("SET threads = 2");
    run(MESSAGES);
  }

  /** Takes a registry file in place of all earlier ones, for the messages that come from now on. */
  public void register(byte[] yaml) throws IOException, SQLException {
    registry++;
    JsonNode file = new YAMLMapper().readTree(yaml);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO term SELECT ?, ?, ?,"
                + " CASE WHEN length($4) = 10 THEN timezone($5, $4::TIMESTAMP)"
                + " ELSE $4::TIMESTAMPTZ END, $5")) {
      register(insert, "account", file.path("accounts"), "billing_zone");
      register(insert, "supplier", file.path("suppliers"), "zone");
    }
  }

  private void register(PreparedStatement insert, String kind, JsonNode entries, String zone)
      throws SQLException {
    for (JsonNode entry : entries) {
      for (JsonNode term : entry.path("terms")) {
        insert.setInt(1, registry);
        insert.setString(2, kind);
        insert.setString(3, entry.path("id").textValue());
        insert.setString(4, term.path("from").textValue());
        insert.setString(5, term.path(zone).textValue());
        insert.addBatch();
      }
    }
    insert.executeBatch();
  }

  /** Takes messages as they were sent. */
  public void load(Path ndjson) throws SQLException {
    try (PreparedStatement load = connection.prepareStatement(LOAD)) {
      load.setInt(1, registry);
      load.setString(2, ndjson.toString());
      load.executeUpdate();
    }
    isSummed = false;
  }

  /** Sums per combination of the columns that {@link #SALE} has; keys are joined by bars. */
  public SortedMap<String, Tally> sale(List<String> by, String where) throws SQLException {
    return sums("sale", by, where);
  }

  /** Sums per combination of the columns that {@link #COST} has; keys are joined by bars. */
  public SortedMap<String, Tally> cost(List<String> by, String where) throws SQLException {
    return sums("cost", by, where);
  }

  private SortedMap<String, Tally> sums(String cube, List<String> by, String where)
      throws SQLException {
    summed();
    String key =
        by.stream()
            .map(column -> "coalesce(" + column + "::VARCHAR, '')")
            .collect(Collectors.joining(" || '|' || "));
    SortedMap<String, Tally> sums = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT "
                    + (by.isEmpty() ? "''" : key)
                    + " AS k, count(*)::HUGEINT, sum(units), sum(duration_ms), sum(amount),"
                    + " sum(expected_cost) FROM "
                    + cube
                    + " WHERE "
                    + where
                    + " GROUP BY k")) {
      while (rows.next()) {
        sums.put(
            rows.getString(1),
            new Tally(
                whole(rows, 2), whole(rows, 3), whole(rows, 4), whole(rows, 5), whole(rows, 6)));
      }
    }
    return sums;
  }

  /** Brings the tables {@code sale} and {@code cost} up to the messages. */
  public void summed() throws SQLException {
    if (!isSummed) {
      run(RECORDS);
      run(CUBES);
      isSummed = true;
    }
  }

  /** Runs a statement that adds messages. */
  public void apply(String sql) throws SQLException {
    run(sql);
    isSummed = false;
  }

  private static BigInteger whole(ResultSet rows, int column) throws SQLException {
    return new BigInteger(rows.getString(column));
  }

  /** One number that a query answers. */
  public long count(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Rows that a query answers, their columns joined by bars. */
  public List<String> rows(String query) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          cells.add(String.valueOf(rows.getString(i)));
        }
        lines.add(String.join("|", cells));
      }
    }
    return lines;
  }

  /** Runs statements that leave the messages as they are. */
  public void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
