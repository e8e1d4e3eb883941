package vellum.bench.load;

import java.io.IOException;

/** Messages to send, one after the other. Not thread-safe. */
interface Traffic extends AutoCloseable {

  /** Goes to the next message; returns its length in {@link #bytes}, or -1 at the end. */
  int next() throws IOException;

  /** The message's Protobuf bytes, from the start; good until the next one. */
  byte[] bytes();

  @Override
  default void close() throws IOException {}
}
