package vellum.core.store;

/**
 * A table of a store: a name on disk and how its keys are made. Rows sort by unsigned bytes of the
 * key.
 *
 * @param name 1 to 32 characters {@code [a-z-]}; on disk, never changed
 * @param keyBytes width of every key, or 0 when keys vary
 * @param shape how the table is written and read
 */
public record Table(String name, int keyBytes, Shape shape) {

  /** How a table is written and read, from which the engine's settings follow. */
  public enum Shape {
    /** Keys grow with time; point look-ups and short scans; most looked-up keys are absent. */
    TIME_ORDERED,
    /** Keys are spread evenly (hashes); scans share a prefix of 8 bytes; values are empty. */
    HASHED,
    /**
     * Small rows, written in blocks in key order; before it, all of a block's keys are looked up.
     */
    COUNTED,
    /** Few small rows. */
    SMALL
  }

  public Table {
    if (!name.matches("[a-z-]{1,32}")) {
      throw new IllegalArgumentException("table name must match [a-z-]{1,32}: " + name);
    }
    if (keyBytes < 0 || keyBytes > 1024) {
      throw new IllegalArgumentException("width of a key must be 0 to 1024 bytes: " + keyBytes);
    }
  }
}
