package vellum.core.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import vellum.core.disk.Disk;

/** The end of files that hold keys. Thread-safe. */
final class KeyShredder {

  private final Disk disk;

  KeyShredder(Disk disk) {
    this.disk = disk;
  }

  /**
   * Overwrites a file, forces it, deletes it and forces its directory. Absent is fine. Overwriting
   * is best effort, since flash and copying file systems keep the old blocks; the deletion is not.
   */
  void shred(Path file) throws IOException {
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      try {
        overwrite(file, new byte[Math.toIntExact(Files.size(file))]);
      } catch (IOException e) {
        // The deletion below must happen whatever becomes of the old blocks.
      }
    }
    disk.deleteTree(file);
  }

  /**
   * Makes a file hold other bytes, in the blocks that it has: works on a full disk. Cut short by a
   * crash, the file holds the old bytes, or the new ones and what was behind them.
   */
  void overwrite(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer, buffer.position());
      }
      disk.force(channel);
      channel.truncate(content.length);
    }
  }
}
