package vellum.ingest.scan;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * A search of a stream of any length, chunk by chunk. Each chunk is searched together with some of
 * what stands before and behind it, and tells only what begins in itself: so nothing is missed and
 * nothing told twice. Not thread-safe.
 *
 * <pre>
 *   | before | chunk ............... | behind |
 *                          | before | chunk ............... | behind |
 * </pre>
 */
final class StreamSearch {

  static final int CHUNK_BYTES = 1 << 20;

  /** Longer than any value in any form, and even. */
  static final int AROUND_BYTES = 1 << 11;

  static final int MOST_BYTES = CHUNK_BYTES + 2 * AROUND_BYTES;

  private final ByteSearch search;
  private final byte[] buffer = new byte[MOST_BYTES];

  StreamSearch(ByteSearch search) {
    this.search = search;
  }

  /** Hears hits by their place in the stream. */
  @FunctionalInterface
  interface Sink {

    /**
     * @param window of the place, see {@link Window}
     */
    void hit(ByteForm form, long offset, int line, long window);
  }

  /**
   * Searches all of it.
   *
   * @param progress hears how many bytes more were read
   * @return bytes searched
   */
  long search(InputStream in, Sink sink, LongConsumer progress) throws IOException {
    // The buffer begins at this place of the stream, and its chunk so many bytes behind that.
    long start = 0;
    int before = 0;
    int length = in.readNBytes(buffer, 0, CHUNK_BYTES + AROUND_BYTES);
    progress.accept(length);
    while (true) {
      boolean isLast = length < before + CHUNK_BYTES + AROUND_BYTES;
      int from = before;
      int to = isLast ? length : before + CHUNK_BYTES;
      long base = start;
      int filled = length;
      search.search(
          buffer,
          length,
          (form, at, line) -> {
            if (at >= from && at < to) {
              sink.hit(form, base + at, line, Window.of(buffer, filled, at));
            }
          });
      if (isLast) {
        return start + length;
      }
      int keptFrom = to - AROUND_BYTES;
      int kept = length - keptFrom;
      System.arraycopy(buffer, keptFrom, buffer, 0, kept);
      start += keptFrom;
      before = AROUND_BYTES;
      int read = in.readNBytes(buffer, kept, MOST_BYTES - kept);
      progress.accept(read);
      length = kept + read;
    }
  }
}
