package vellum.core.journal;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A reader across segments, which ends where the last force ended. Used by one thread. */
final class SegmentTail implements JournalTail {

  private final SegmentList segments;
  private final Progress progress;
  private final JournalConfig config;
  private final InstantSource clock;
  private long position;
  private @Nullable SegmentFiles segment;
  private @Nullable SegmentReader reader;
  private boolean closed;

  SegmentTail(
      SegmentList segments,
      Progress progress,
      JournalConfig config,
      InstantSource clock,
      long after) {
    this.segments = segments;
    this.progress = progress;
    this.config = config;
    this.clock = clock;
    this.position = after;
  }

  @Override
  public @Nullable JournalEntry next() {
    if (closed) {
      throw new IllegalStateException("the tail was closed");
    }
    SegmentFiles current = segment;
    if (current != null && current.isSealed() && current.last() <= position) {
      leave();
    }
    if (position >= progress.forced()) {
      return null;
    }
    long wanted = position + 1;
    try {
      SegmentReader open = reader == null ? enter(wanted) : reader;
      JournalEntry entry = read(open, wanted);
      position = wanted;
      return entry;
    } catch (JournalException known) {
      throw known;
    } catch (RuntimeException unreadable) {
      throw new JournalException.Corrupt(place(wanted) + " cannot be read", unreadable);
    }
  }

  private String place(long wanted) {
    return "entry " + wanted + " in " + segment;
  }

  /** Opens the segment of an entry and skips what is before it. */
  private SegmentReader enter(long wanted) {
    SegmentFiles found = segments.enter(wanted);
    if (found == null) {
      throw new JournalException.Corrupt("entry " + wanted + " is in no segment any more");
    }
    segment = found;
    SegmentReader opened = new SegmentReader(found, config, clock.millis());
    reader = opened;
    for (long sequence = found.first(); sequence < wanted; sequence++) {
      read(opened, sequence);
    }
    return opened;
  }

  private JournalEntry read(SegmentReader open, long wanted) {
    int length = open.read();
    if (length < 0) {
      throw new JournalException.Corrupt(place(wanted) + " is not there");
    }
    String fault = Frame.fault(open.buffer(), length);
    if (fault != null) {
      throw new JournalException.Corrupt(place(wanted) + " is " + fault);
    }
    if (Frame.sequence(open.buffer()) != wanted) {
      throw new JournalException.Corrupt(
          place(wanted) + " has the sequence " + Frame.sequence(open.buffer()));
    }
    return Frame.decode(open.buffer());
  }

  private void leave() {
    SegmentReader open = reader;
    SegmentFiles left = segment;
    reader = null;
    segment = null;
    if (open != null) {
      open.close();
    }
    if (left != null) {
      segments.leave(left);
    }
  }

  @Override
  public void close() {
    closed = true;
    leave();
  }
}
