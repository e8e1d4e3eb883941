package vellum.core.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import vellum.core.disk.Disk;

/**
 * One segment: its directory and how far it is written.
 *
 * <pre>
 * journal/00000012-0000000000345678/
 *   20261121-14F.cq4   the queue's only file
 *   metadata.cq4t      the queue's; recovery does not need it and sets it aside
 *   forced             decimal journal sequence: entries up to it were forced for certain. Written
 *                      with the first force and when the segment ends or is closed
 * </pre>
 *
 * Thread-safe: the appender writes what is volatile, all read it.
 */
final class SegmentFiles {

  private static final String FORCED = "forced";
  private static final String METADATA = "metadata.cq4t";
  private static final String ASIDE = "metadata.aside";
  private static final String DATA = "*.cq4";

  private final SegmentName name;
  private final Path directory;
  private volatile long last;
  private volatile long bytes;
  private volatile boolean sealed;

  SegmentFiles(SegmentName name, Path journal) {
    this.name = name;
    this.directory = journal.resolve(name.toString());
    this.last = name.first() - 1;
  }

  SegmentName name() {
    return name;
  }

  Path directory() {
    return directory;
  }

  long first() {
    return name.first();
  }

  /** Journal sequence of the last entry; {@code first - 1} when there is none. */
  long last() {
    return last;
  }

  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return last < first();
  }

  /** Whether {@link #last} is final. */
  boolean isSealed() {
    return sealed;
  }

  void appended(long sequence, long totalBytes) {
    bytes = totalBytes;
    last = sequence;
  }

  void seal() {
    sealed = true;
  }

  Journal.Segment describe() {
    return new Journal.Segment(name.generation(), first(), last, bytes);
  }

  /**
   * The queue's file, or null when it was never made.
   *
   * @throws JournalException.Corrupt when there are several, which we never make
   */
  @Nullable Path dataFile() throws IOException {
    Path found = null;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, DATA)) {
      for (Path file : files) {
        if (found != null) {
          throw new JournalException.Corrupt("more than one queue file in " + directory);
        }
        found = file;
      }
    }
    return found;
  }

  /** Moves the queue's metadata away, which may be older than its file after a power cut. */
  void setMetadataAside() throws IOException {
    Path metadata = directory.resolve(METADATA);
    if (Files.exists(metadata)) {
      Files.move(
          metadata,
          directory.resolve(ASIDE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Notes, durably with the directory, that entries up to the sequence were forced. */
  void writeForced(long sequence, Disk disk) throws IOException {
    disk.replace(
        directory.resolve(FORCED), Long.toString(sequence).getBytes(StandardCharsets.US_ASCII));
  }

  /** Sequence up to which entries were forced for certain; 0 when nothing is known. */
  long readForced() {
    Path file = directory.resolve(FORCED);
    try {
      return Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII).strip());
    } catch (NoSuchFileException neverForced) {
      return 0;
    } catch (NumberFormatException malformed) {
      throw new JournalException.Corrupt(file + " holds no sequence", malformed);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
