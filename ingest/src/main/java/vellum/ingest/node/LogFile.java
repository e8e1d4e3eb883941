package vellum.ingest.node;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Log lines as a file that only its owner can read, bounded: at a size it becomes {@code .1}, that
 * {@code .2}, and the oldest goes. Each line is one write, so a killed process has written it. When
 * the disk refuses, lines are dropped until it takes them again; the terminal still has them.
 *
 * <p>Thread-safe, by the lock of the base class.
 */
final class LogFile extends AppenderBase<ILoggingEvent> {

  private static final FileAttribute<?> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNERS_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path file;
  private final long mostBytes;
  private final int olderFiles;
  private @Nullable SeekableByteChannel out;
  private long size;

  /**
   * @param mostBytes of a file; a single longer line stands alone
   * @param olderFiles beside the current one, at least 1
   */
  LogFile(Path file, long mostBytes, int olderFiles) {
    this.file = file.toAbsolutePath();
    this.mostBytes = mostBytes;
    this.olderFiles = olderFiles;
  }

  /** Opens the file, to be gone on with when it is there. */
  void open() throws IOException {
    Path directory = file.getParent();
    if (directory != null && !Files.exists(directory)) {
      Files.createDirectories(directory, OWNERS_DIRECTORY);
    }
    out =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
            OWNER);
    size = Files.size(file);
  }

  @Override
  protected void append(ILoggingEvent event) {
    byte[] line = EcsLine.of(event);
    try {
      write(line);
    } catch (IOException e) {
      shut();
      addError("a line could not be written to " + file, e);
    }
  }

  private void write(byte[] line) throws IOException {
    if (out != null && size > 0 && size + line.length > mostBytes) {
      shut();
      roll();
    }
    if (out == null) {
      open();
    }
    SeekableByteChannel to = out;
    ByteBuffer bytes = ByteBuffer.wrap(line);
    while (to != null && bytes.hasRemaining()) {
      to.write(bytes);
    }
    size += line.length;
  }

  private void roll() throws IOException {
    for (int number = olderFiles; number > 0; number--) {
      Path from = number == 1 ? file : older(number - 1);
      try {
        Files.move(from, older(number), StandardCopyOption.REPLACE_EXISTING);
      } catch (NoSuchFileException notYet) {
        // There were fewer so far.
      }
    }
  }

  private Path older(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  private void shut() {
    SeekableByteChannel open = out;
    out = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      addError(file + " could not be closed", e);
    }
  }

  @Override
  public void stop() {
    super.stop();
    synchronized (this) {
      shut();
    }
  }
}
