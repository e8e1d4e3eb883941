package vellum.bench.process;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file whose bytes are on the disk once it is closed. What the system still had to write, it
 * would write half a minute later, beside the server that is measured: acks waited 250 ms for that.
 */
public final class ForcedFile extends FileOutputStream {

  private boolean closed;

  public ForcedFile(Path file) throws IOException {
    super(file.toFile());
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        getFD().sync();
      } finally {
        super.close();
      }
    }
  }
}
