package vellum.ingest.server;

import vellum.ingest.protocol.BatchReader;
import vellum.ingest.protocol.RawFrame;

/**
 * The buffers that the connections of one event loop share, since only one of them works at a time.
 *
 * @param frame the frame at hand
 * @param reader the batch at hand
 * @param sealer seals it
 */
record LoopTools(RawFrame frame, BatchReader reader, RecordSealer sealer) implements AutoCloseable {

  @Override
  public void close() {
    reader.close();
  }
}
