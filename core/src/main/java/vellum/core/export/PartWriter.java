package vellum.core.export;

import vellum.core.record.Output;

/**
 * Writes rows as the bytes of one part, in memory. Equal rows make equal bytes. Not thread-safe; of
 * no use after {@link #finish}.
 */
sealed interface PartWriter extends AutoCloseable permits CsvPart, NdjsonPart, ParquetPart {

  void add(Cells row);

  /** About how many bytes it holds; a function of the rows alone. */
  long bytes();

  /** Ends the part: its bytes are the first {@link Output#size} of the array. */
  Output finish();

  /** Gives memory outside the heap back; a second time does nothing. */
  @Override
  default void close() {}
}
