package vellum.ingest.scan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import vellum.core.store.StoreRows;

/**
 * A search of a store's rows, which stand in its files compressed. Rows are gathered and searched
 * many at a time. Not thread-safe.
 */
final class RowSearch {

  private static final byte GAP = -1;
  private static final int MOST_ROWS = 1 << 14;

  private final ByteSearch search;
  private final StreamSearch streams;
  private final byte[] buffer = new byte[StreamSearch.MOST_BYTES];
  private final int[] starts = new int[MOST_ROWS];
  private int gathered;
  private int length;

  RowSearch(ByteSearch search, StreamSearch streams) {
    this.search = search;
    this.streams = streams;
  }

  /** Hears hits by the row's number in its table, from 0. */
  @FunctionalInterface
  interface Sink {

    /**
     * @param window of the place, see {@link Window}
     */
    void hit(ByteForm form, String table, long row, int line, long window);
  }

  /** How many rows and bytes were searched. */
  record Searched(long rows, long bytes) {}

  /**
   * Searches all rows of a store that nobody has open.
   *
   * @param scratch an empty directory
   */
  Searched search(Path directory, Path scratch, Sink sink) {
    Walk walk = new Walk(sink);
    long rows = StoreRows.visit(directory, scratch, walk::row);
    walk.flush();
    return new Searched(rows, walk.bytes);
  }

  /** One walk over a store. */
  private final class Walk {
    private final Sink sink;
    private String table = "";
    private long firstRow;
    private long bytes;

    Walk(Sink sink) {
      this.sink = sink;
      gathered = 0;
      length = 0;
    }

    void row(String name, byte[] key, byte[] value) {
      int needed = key.length + value.length + 2;
      boolean sameTable = table.equals(name);
      if (!sameTable || gathered == MOST_ROWS || length + needed > buffer.length) {
        flush();
        firstRow = sameTable ? firstRow : 0;
        table = name;
      }
      bytes += needed - 2;
      if (needed > buffer.length) {
        long row = firstRow++;
        alone(key, row);
        alone(value, row);
        return;
      }
      starts[gathered++] = length;
      append(key);
      append(value);
    }

    private void append(byte[] part) {
      System.arraycopy(part, 0, buffer, length, part.length);
      length += part.length;
      buffer[length++] = GAP;
    }

    private void alone(byte[] part, long row) {
      try {
        streams.search(
            new ByteArrayInputStream(part),
            (form, at, line, window) -> sink.hit(form, table, row, line, window),
            read -> {});
      } catch (IOException e) {
        throw new UncheckedIOException("bytes in memory are always readable", e);
      }
    }

    void flush() {
      search.search(
          buffer,
          length,
          (form, at, line) -> {
            int found = Arrays.binarySearch(starts, 0, gathered, at);
            long row = firstRow + (found >= 0 ? found : -found - 2);
            sink.hit(form, table, row, line, Window.of(buffer, length, at));
          });
      firstRow += gathered;
      gathered = 0;
      length = 0;
    }
  }
}
