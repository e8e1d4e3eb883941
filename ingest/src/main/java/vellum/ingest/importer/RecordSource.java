package vellum.ingest.importer;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one file, in order, pulled one at a time. For one thread. */
public interface RecordSource extends Closeable {

  /**
   * The next row, or null after the last one.
   *
   * @throws IOException when the file cannot be read; what it holds is never the cause
   */
  @Nullable Row next() throws IOException;

  /** Bytes of the file read so far, as they are on the disk (compressed ones when compressed). */
  long bytesRead();

  /** Bytes of the file. */
  long bytesTotal();
}
