package vellum.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes the pages of a segment's file, by writing zeros, before they are written to through its
 * map. A page that is first touched through the map costs the kernel a fault, a block and an entry
 * of its own; pages made by one write share them, and cost a third. What is in the file is the
 * same: what was never written reads as zeros.
 *
 * <p>Only pages behind everything that was written are made, which the one who appends knows; and
 * no more than an entry needs, or little more, since a force would write them twice. Used by the
 * appender's thread.
 */
final class FreshPages implements AutoCloseable {

  private static final int PAGE_BYTES = 4 * 1024;
  private static final int LEAST_BYTES = 64 * 1024;
  private static final int ZEROS = 256 * 1024;

  private final FileChannel channel;
  private final ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
  private long end;

  FreshPages(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.WRITE);
  }

  /**
   * Makes the pages of what is about to be written.
   *
   * @param position in the file; nothing was ever written there or behind
   */
  void make(long position, int length) throws IOException {
    if (position + length <= end) {
      return;
    }
    long from = Math.max(end, pageBehind(position));
    long to = pageBehind(Math.max(position + length, from + LEAST_BYTES));
    while (from < to) {
      zeros.clear().limit((int) Math.min(ZEROS, to - from));
      from += channel.write(zeros, from);
    }
    end = to;
  }

  private static long pageBehind(long position) {
    return (position + PAGE_BYTES - 1) & -PAGE_BYTES;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
