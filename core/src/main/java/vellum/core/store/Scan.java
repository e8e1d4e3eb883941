package vellum.core.store;

/**
 * Rows of a range in key order, as they were when the scan began. Not thread-safe.
 *
 * <pre>{@code
 * try (Scan scan = store.scan(table, from, to)) {
 *   while (scan.next()) { use(scan.key(), scan.value()); }
 * }
 * }</pre>
 */
public interface Scan extends AutoCloseable {

  /** Moves to the next row; false at the end. */
  boolean next();

  /** Moves to the next row and reads it without making objects; false at the end. */
  boolean next(Row row);

  /**
   * Moves so that {@link #next} goes to the first row at or after {@code key}, within the range.
   */
  void seek(byte[] key);

  /** A copy of the current key. */
  byte[] key();

  /** A copy of the current value. */
  byte[] value();

  @Override
  void close();
}
