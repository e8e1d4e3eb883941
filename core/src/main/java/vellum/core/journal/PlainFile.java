package vellum.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes to a segment's file by the system's own call, where its map would do. The two show the
 * same bytes at once, but cost differently: a page written through the map is faulted in, and taken
 * out of the map again by the next force, which stops every core of the process for each page.
 * Pages written in one call share all of that. Used by the appender's thread.
 */
final class PlainFile implements AutoCloseable {

  private static final int PIECE_BYTES = 256 * 1024;

  private final FileChannel channel;
  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);

  PlainFile(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.WRITE);
  }

  /** Writes a head and a body behind it, in as few calls as their bytes allow. */
  void write(long position, byte[] head, int headLength, JournalEntry entry) throws IOException {
    piece.clear().put(head, 0, headLength);
    long at = position;
    int from = entry.bodyOffset();
    int end = from + entry.bodyLength();
    do {
      int length = Math.min(piece.remaining(), end - from);
      piece.put(entry.buffer(), from, length).flip();
      from += length;
      while (piece.hasRemaining()) {
        at += channel.write(piece, at);
      }
      piece.clear();
    } while (from < end);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
