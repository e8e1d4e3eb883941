package vellum.core.store;

import org.rocksdb.ColumnFamilyHandle;

/**
 * A table in an open database.
 *
 * @param id number of the column family, part of serialized batches
 */
record Column(Table table, int id, ColumnFamilyHandle handle) {

  /** Longest key of a table whose keys vary. */
  static final int MAX_KEY_BYTES = 1024;

  /** Leading bytes of a hashed key by which memory and filters find it. */
  static final int PREFIX_BYTES = 8;

  /**
   * Refuses a key that is not as the table says. A key shorter than the prefix would make the
   * engine read beyond its end.
   */
  void checkKey(int length) {
    checkKey(table, length);
  }

  /** The same for a table that is not open. */
  static void checkKey(Table table, int length) {
    int width = table.keyBytes();
    int min = table.shape() == Table.Shape.HASHED ? PREFIX_BYTES : 1;
    if (width != 0 ? length != width : length < min || length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          "a key of table "
              + table.name()
              + " has "
              + (width != 0 ? width : min + " to " + MAX_KEY_BYTES)
              + " bytes, not "
              + length);
    }
  }
}
