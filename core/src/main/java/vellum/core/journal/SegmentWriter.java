package vellum.core.journal;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * The one writer of a segment, from its creation to its end in the same process. Appending to a
 * queue file that another process wrote is never done: after a power cut Chronicle may go on behind
 * a hole that no reader passes. Used by the appender's thread.
 */
final class SegmentWriter implements AutoCloseable {

  private final SegmentFiles files;
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private final byte[] head = new byte[Frame.MAX_HEAD_BYTES];
  private final long startedNanos;

  SegmentWriter(SegmentFiles files, int blockBytes, long clockMillis, long startedNanos) {
    this.files = files;
    this.startedNanos = startedNanos;
    this.queue = SegmentQueue.open(files.directory(), blockBytes, clockMillis);
    boolean opened = false;
    try {
      this.appender = queue.createAppender();
      this.appender.singleThreadedCheckDisabled(true);
      opened = true;
    } finally {
      if (!opened) {
        queue.close();
      }
    }
  }

  SegmentFiles files() {
    return files;
  }

  /** Monotonic clock when the segment was made. */
  long startedNanos() {
    return startedNanos;
  }

  /** Appends an entry. Returns its bytes. */
  int append(JournalEntry entry, long forced) {
    int headLength = Frame.encodeHead(entry, forced, head);
    DocumentContext document = appender.writingDocument();
    try {
      Bytes<?> bytes = document.wire().bytes();
      bytes.write(head, 0, headLength);
      bytes.write(entry.buffer(), entry.bodyOffset(), entry.bodyLength());
    } catch (Throwable failure) {
      document.rollbackOnClose();
      throw failure;
    } finally {
      document.close();
    }
    int length = headLength + entry.bodyLength();
    files.appended(entry.sequence(), files.bytes() + length);
    return length;
  }

  @Override
  public void close() {
    appender.close();
    queue.close();
  }
}
