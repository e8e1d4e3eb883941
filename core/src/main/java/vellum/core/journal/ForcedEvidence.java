package vellum.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Looks behind the point where a segment cannot be read on for entries that say how far the journal
 * was forced when they were written.
 *
 * <p>After a power cut anything may be missing behind the last force, in any order: an end without
 * evidence is the end. An entry that is whole and says that the missing one had been forced before
 * it proves that forced data were lost. What can not be seen is a loss in the very last group that
 * was forced before a power cut, as nothing was written behind it; after an orderly close the file
 * {@code forced} of the segment tells even that.
 *
 * <p>The file is read as bytes, as the queue's reader does not pass a hole. Entries start at
 * multiples of four. Used by one thread.
 */
final class ForcedEvidence {

  private static final int WINDOW = 1_024 * 1_024;
  private static final int STEP = 4;

  private final int maxBytes;

  ForcedEvidence(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Highest sequence that an entry behind a position says was forced; 0 when there is none. */
  long behind(Path file, long position) throws IOException {
    long highest = 0;
    ByteBuffer window = ByteBuffer.allocate(WINDOW);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long start = Math.max(0, position - STEP) / STEP * STEP;
      while (start < channel.size()) {
        window.clear();
        int length = fill(channel, window, start);
        for (int at = 0; at + STEP <= length; at += STEP) {
          if (window.getInt(at) == Frame.MAGIC) {
            highest = Math.max(highest, forcedOf(channel, start + at));
          }
        }
        start += WINDOW;
      }
    }
    return highest;
  }

  private long forcedOf(FileChannel channel, long position) throws IOException {
    ByteBuffer fixed = ByteBuffer.allocate(Frame.FIXED_BYTES);
    if (fill(channel, fixed, position) < Frame.FIXED_BYTES) {
      return 0;
    }
    long end = Frame.end(fixed.array());
    if (end < Frame.FIXED_BYTES || end > maxBytes) {
      return 0;
    }
    ByteBuffer whole = ByteBuffer.allocate((int) end);
    boolean sound =
        fill(channel, whole, position) == end && Frame.fault(whole.array(), (int) end) == null;
    return sound ? Frame.forced(whole.array()) : 0;
  }

  private static int fill(FileChannel channel, ByteBuffer target, long position)
      throws IOException {
    while (target.hasRemaining()) {
      int read = channel.read(target, position + target.position());
      if (read < 0) {
        break;
      }
    }
    return target.position();
  }
}
