package vellum.ingest.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** Port: starts a server in this process. */
public interface DemoServer {

  /** Starts one on a data directory, on free ports, with its endpoint written there. */
  Running start(Path data, InstantSource time) throws IOException;

  /** A running server. */
  interface Running extends AutoCloseable {

    /** Stops it cleanly: what it acknowledged is flushed. */
    @Override
    void close();
  }
}
