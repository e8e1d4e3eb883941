package vellum.core.export;

import vellum.core.record.Output;

/**
 * Writes rows as the bytes of one part, in memory. Equal rows make equal bytes. Not thread-safe; of
 * no use after {@link #finish}.
 */
sealed interface PartWriter extends AutoCloseable permits CsvPart, NdjsonPart, ParquetPart {

  /**
   * Adds rows.
   *
   * @param bytes how many it may hold before it stops; where looking costs something, it does not
   * @return index of the first row that was not added; at least one is
   */
  int add(Cells[] rows, int from, int to, int bytes);

  /** About how many bytes it holds; a function of the rows alone. */
  long bytes();

  /** Ends the part: its bytes are the first {@link Output#size} of the array. */
  Output finish();

  /** Gives memory outside the heap back; a second time does nothing. */
  @Override
  default void close() {}
}
