package vellum.ingest.export;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Tells a disk that is full from other failures, by the words of the operating system. Stateless.
 */
final class DiskFull {

  private DiskFull() {}

  /** The same failure, or one that says what to do. */
  static IOException named(Path directory, IOException e) {
    String words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    String reason =
        e instanceof FileSystemException system
            ? String.valueOf(system.getReason()).toLowerCase(Locale.ROOT)
            : "";
    if (words.contains("no space left") || reason.contains("no space left")) {
      throw new ExportFault(
          ExportFault.Kind.DISK,
          "the disk of "
              + directory
              + " is full; what is there is kept: make room, then run the same again with --resume");
    }
    return e;
  }
}
