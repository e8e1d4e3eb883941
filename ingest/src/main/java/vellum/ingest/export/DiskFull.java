package vellum.ingest.export;

import java.io.IOException;
import java.nio.file.Path;

/** Says what to do when the disk is full. Stateless. */
final class DiskFull {

  private DiskFull() {}

  /** The same failure, or one that says what to do. */
  static IOException named(Path directory, IOException e) {
    if (vellum.core.disk.DiskFull.isIn(e)) {
      throw new ExportFault(
          ExportFault.Kind.DISK,
          "the disk of "
              + directory
              + " is full; what is there is kept: make room, then run the same again with --resume");
    }
    return e;
  }
}
