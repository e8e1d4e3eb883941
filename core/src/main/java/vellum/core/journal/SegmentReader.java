package vellum.core.journal;

import java.util.Arrays;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Reads the excerpts of one segment in order into a buffer of its own. Its queue is its own too, so
 * that it lives and dies without the writer's. Used by one thread.
 */
final class SegmentReader implements AutoCloseable {

  /** There is no further excerpt now. */
  static final int NONE = -1;

  /** The next excerpt is longer than any that we write. */
  static final int OVERSIZE = -2;

  private static final int FIRST_BUFFER = 64 * 1_024;

  private final SingleChronicleQueue queue;
  private final ExcerptTailer tailer;
  private final int maxBytes;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private long position;

  SegmentReader(SegmentFiles files, JournalConfig config, long clockMillis) {
    this.maxBytes = config.blockBytes() / 4;
    this.queue = SegmentQueue.open(files.directory(), config.blockBytes(), clockMillis);
    try {
      this.tailer = queue.createTailer();
    } catch (Exception unreadable) {
      queue.close();
      throw unchecked(unreadable);
    }
    this.tailer.singleThreadedCheckDisabled(true);
  }

  /** The queue throws checked exceptions that it does not declare. */
  private static RuntimeException unchecked(Exception undeclared) {
    return undeclared instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(undeclared);
  }

  /** Reads the next excerpt to the {@link #buffer}. Returns its length, or NONE or OVERSIZE. */
  int read() {
    try (DocumentContext document = tailer.readingDocument()) {
      if (!document.isPresent()) {
        return NONE;
      }
      Bytes<?> bytes = document.wire().bytes();
      long length = bytes.readRemaining();
      if (length > maxBytes) {
        return OVERSIZE;
      }
      if (length > buffer.length) {
        int doubled = Math.min(maxBytes, 2 * buffer.length);
        buffer = Arrays.copyOf(buffer, Math.max(doubled, (int) length));
      }
      bytes.read(buffer, 0, (int) length);
      position = bytes.readPosition();
      return (int) length;
    } catch (Exception unreadable) {
      throw unchecked(unreadable);
    }
  }

  byte[] buffer() {
    return buffer;
  }

  /** Where in the file the last excerpt that was read ends. */
  long position() {
    return position;
  }

  @Override
  public void close() {
    tailer.close();
    queue.close();
    BackgroundResourceReleaser.releasePendingResources();
  }
}
