package vellum.core.billing;

/** Receives cells. One cell may come several times: what comes is to be added up. */
@FunctionalInterface
public interface CellSink {

  /**
   * Takes some of a cell.
   *
   * @param key array that holds the key, at {@code offset}; valid during the call only
   * @param measures valid during the call only
   */
  void cell(byte[] key, int offset, int length, Measures measures);
}
