package vellum.ingest.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Port: starts a server in this process. */
public interface DemoServer {

  /**
   * Starts one on a data directory, on free ports, with its endpoint written there.
   *
   * @param nanos the monotonic clock that goes with the time
   */
  default Running start(Path data, InstantSource time, LongSupplier nanos) throws IOException {
    return start(data, time, nanos, Path.of(""));
  }

  /**
   * The same.
   *
   * @param authorities file of those whose orders are answered; empty: nobody's are
   */
  Running start(Path data, InstantSource time, LongSupplier nanos, Path authorities)
      throws IOException;

  /** A running server. */
  interface Running extends AutoCloseable {

    /** Stops it cleanly: what it acknowledged is flushed. */
    @Override
    void close();
  }
}
