package vellum.ingest.importer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one format in a stream. For one thread. */
interface RowReader {

  /** The next row, or null after the last one. */
  @Nullable Row next() throws IOException;
}
