package vellum.core.store;

/**
 * Changes to several tables of one store, applied together. Not thread-safe. Puts of one key in one
 * batch: the last one wins.
 */
public interface StoreBatch {

  void put(
      Table table, byte[] key, int keyOffset, int keyLength, byte[] value, int offset, int length);

  default void put(Table table, byte[] key, byte[] value) {
    put(table, key, 0, key.length, value, 0, value.length);
  }

  void delete(Table table, byte[] key);

  /** Changes so far. */
  int count();

  /** Bytes so far. */
  int bytes();

  void clear();
}
