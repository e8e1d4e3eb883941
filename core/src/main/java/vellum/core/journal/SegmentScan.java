package vellum.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment of an earlier process from its start to the last entry that is what was written,
 * and advances the streams over it. Used by one thread.
 */
final class SegmentScan {

  private final JournalSetup setup;
  private final StreamStates states;
  private final SegmentFiles files;
  private long forced;
  private long position;
  private String end = "no further entry";
  private @Nullable RuntimeException cause;

  SegmentScan(JournalSetup setup, StreamStates states, SegmentFiles files) {
    this.setup = setup;
    this.states = states;
    this.files = files;
  }

  /** Reads entries up to a sequence. Where it came to is the segment's {@code last()}. */
  void read(long limit) throws IOException {
    forced = files.readForced();
    Path data = files.dataFile();
    if (data == null || isBlank(data)) {
      end = "no queue file, or an empty one";
      return;
    }
    files.setMetadataAside();
    try (SegmentReader reader = new SegmentReader(files, setup.config(), setup.clock().millis())) {
      while (files.last() < limit && next(reader)) {
        position = reader.position();
      }
    } catch (JournalException known) {
      throw known;
    } catch (RuntimeException unreadable) {
      end = "the queue's file cannot be read";
      cause = unreadable;
    }
  }

  /** A file whose first header was never written, for which the queue's reader would wait. */
  private static boolean isBlank(Path data) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
    try (FileChannel channel = FileChannel.open(data, StandardOpenOption.READ)) {
      return channel.read(header, 0) < Integer.BYTES || header.getInt(0) == 0;
    }
  }

  private boolean next(SegmentReader reader) {
    int length = reader.read();
    if (length == SegmentReader.NONE) {
      return false;
    }
    String fault =
        length == SegmentReader.OVERSIZE
            ? "an entry longer than any"
            : Frame.fault(reader.buffer(), length);
    if (fault == null && Frame.sequence(reader.buffer()) != files.last() + 1) {
      fault = "an entry with the sequence " + Frame.sequence(reader.buffer());
    }
    if (fault != null) {
      end = fault;
      return false;
    }
    states.accept(Frame.decode(reader.buffer()));
    forced = Math.max(forced, Frame.forced(reader.buffer()));
    files.appended(files.last() + 1, files.bytes() + length);
    return true;
  }

  /** Highest sequence that was forced for certain, as far as the segment knows. */
  long evidence() throws IOException {
    Path data = files.dataFile();
    int maxBytes = setup.config().blockBytes() / 4;
    long behind = data == null ? 0 : new ForcedEvidence(maxBytes).behind(data, position);
    return Math.max(forced, behind);
  }

  JournalException.Corrupt corrupt(long evidence) {
    String message =
        files
            + ": entry "
            + (files.last() + 1)
            + " was forced and is lost ("
            + end
            + "); entries up to "
            + evidence
            + " were forced";
    return cause == null
        ? new JournalException.Corrupt(message)
        : new JournalException.Corrupt(message, cause);
  }
}
