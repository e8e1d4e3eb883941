package vellum.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import vellum.core.disk.RealDisk;

/** Where a run keeps traffic and data: a new directory that goes with the run, or one to keep. */
final class WorkDirectory implements AutoCloseable {

  private final Path path;
  private final boolean kept;

  private WorkDirectory(Path path, boolean kept) {
    this.path = path;
    this.kept = kept;
  }

  /**
   * @param kept made if need be, and left as it is in the end; null for a temporary one
   */
  static WorkDirectory of(@Nullable Path kept) throws IOException {
    return kept == null
        ? new WorkDirectory(Files.createTempDirectory("vellum-load"), false)
        : new WorkDirectory(Files.createDirectories(kept), true);
  }

  Path path() {
    return path;
  }

  /** Bytes that can still be written. */
  long freeBytes() throws IOException {
    return Files.getFileStore(path).getUsableSpace();
  }

  @Override
  public void close() throws IOException {
    if (!kept) {
      new RealDisk().deleteTree(path);
    }
  }
}
