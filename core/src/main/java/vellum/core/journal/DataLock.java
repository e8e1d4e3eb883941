package vellum.core.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive right of one process to a directory: a lock of the operating system on its file
 * {@code lock}.
 *
 * <p>The kernel drops it with the process. Nothing is read from the file, above all no process
 * number: in a container a new process has the number of the dead one, and a lock by number would
 * never be given up. The file stays when the lock is closed, as deleting it would let two processes
 * lock two files of one name. Nothing else may open the file: closing any other descriptor of it
 * would drop the lock.
 *
 * <p>Thread-safe.
 */
public final class DataLock implements AutoCloseable {

  private static final String FILE = "lock";

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks a directory, which is made when it is absent.
   *
   * @throws JournalException.Locked when it is locked, by this process or another
   */
  public static DataLock acquire(Path directory) {
    FileChannel channel = null;
    try {
      Files.createDirectories(directory);
      channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new JournalException.Locked(
            "another process uses the directory " + directory.toAbsolutePath());
      }
      return new DataLock(channel);
    } catch (IOException failure) {
      closeAfter(failure, channel);
      throw new UncheckedIOException("cannot lock " + directory.toAbsolutePath(), failure);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static void closeAfter(IOException failure, @Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException second) {
        failure.addSuppressed(second);
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot unlock", failure);
    }
  }
}
