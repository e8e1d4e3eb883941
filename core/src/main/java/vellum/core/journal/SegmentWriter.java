package vellum.core.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.jspecify.annotations.Nullable;

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
  private @Nullable PlainFile plain;

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
    int length = headLength + entry.bodyLength();
    DocumentContext document = appender.writingDocument();
    try {
      Bytes<?> bytes = document.wire().bytes();
      // Nobody reads it before the document's header says that it is there, which goes by the map.
      plain().write(bytes.writePosition(), head, headLength, entry);
      bytes.writeSkip(length);
    } catch (IOException failure) {
      document.rollbackOnClose();
      throw new UncheckedIOException("cannot write to " + files, failure);
    } catch (Throwable failure) {
      document.rollbackOnClose();
      throw failure;
    } finally {
      document.close();
    }
    files.appended(entry.sequence(), files.bytes() + length);
    return length;
  }

  /** The queue's file, which is there once a document was opened. */
  private PlainFile plain() throws IOException {
    PlainFile opened = plain;
    if (opened == null) {
      opened = new PlainFile(appender.currentFile().toPath());
      plain = opened;
    }
    return opened;
  }

  @Override
  public void close() {
    try (PlainFile closing = plain) {
      appender.close();
      queue.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot close " + files, failure);
    }
  }
}
