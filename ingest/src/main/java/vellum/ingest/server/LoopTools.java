package vellum.ingest.server;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vellum.ingest.protocol.BatchReader;
import vellum.ingest.protocol.RawFrame;

/**
 * The buffers that the connections of one event loop share, since only one of them works at a time.
 *
 * @param frame the frame at hand
 * @param reader the batch at hand
 * @param own seals it; null where no batch is taken
 */
record LoopTools(RawFrame frame, BatchReader reader, @Nullable RecordSealer own)
    implements AutoCloseable {

  /** What seals the batch at hand. */
  RecordSealer sealer() {
    return Objects.requireNonNull(own, "a sealed server takes no batch");
  }

  @Override
  public void close() {
    reader.close();
  }
}
