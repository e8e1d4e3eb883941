package vellum.core.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** What we ask of a disk. Thread-safe. */
public interface Disk {

  /**
   * Writes a small file so that after a crash there is the old one or the new one, whole: writes a
   * temporary file beside it (owner-only), forces it, renames it, forces the directory.
   */
  void replace(Path file, byte[] content) throws IOException;

  /**
   * The same for one of many: a crash may bring the old file back, whole, until {@link
   * #forceDirectory} has forced the directory of all of them.
   */
  void replaceUnforced(Path file, byte[] content) throws IOException;

  /** Makes what was written to the channel durable (fdatasync). A failure is final. */
  void force(FileChannel channel) throws IOException;

  /** Makes creations, renames and deletions in a directory durable. */
  void forceDirectory(Path directory) throws IOException;

  /** Deletes a file, or a directory with all it holds, and forces its parent. Absent is fine. */
  void deleteTree(Path path) throws IOException;

  /** Bytes that this process may still write on the file system of a path. */
  long usableBytes(Path path) throws IOException;
}
