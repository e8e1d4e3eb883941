package vellum.core.apply;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.core.journal.JournalEntry;
import vellum.core.journal.StreamGap;
import vellum.core.journal.StreamId;
import vellum.core.journal.StreamStates;

/**
 * Looks for gaps in producers' sequences, entry by entry: by the journal alone, so that a replay
 * finds the same ones. A batch that starts behind the next sequence of its stream shows a gap for
 * good, for what is left out would be skipped. A goodbye that names a later sequence than came
 * shows one that is open as long as the epoch lasts: what comes after all makes it smaller. For the
 * applier's thread.
 */
final class GapFinder {

  private final GapStore gaps;

  /** Journal sequence of the gap that each stream's goodbye left, while it is open. */
  private final Map<StreamId, Long> open = new HashMap<>();

  GapFinder(GapStore gaps, StreamStates streams) {
    this.gaps = gaps;
    for (StreamGap gap : gaps.all()) {
      if (gap.cause() == StreamGap.Cause.GOODBYE
          && streams.epoch(gap.stream()) == gap.epoch()
          && streams.lastSequence(gap.stream()) < gap.first()) {
        open.put(gap.stream(), gap.journalSequence());
      }
    }
  }

  /**
   * Looks at the next entry.
   *
   * @param streams as they are before it; one that they have accepted already says nothing new
   */
  void look(JournalEntry entry, StreamStates streams) {
    StreamId stream = entry.stream();
    if (stream == null || entry.sequence() <= streams.sequence()) {
      return;
    }
    switch (entry.kind()) {
      case RECORDS -> records(entry, stream, streams.lastSequence(stream));
      case STREAM_ENDED -> ended(entry, stream, streams.lastSequence(stream));
      case STREAM_OPENED -> open.remove(stream);
      case DECISION -> {}
    }
  }

  private void records(JournalEntry entry, StreamId stream, long known) {
    long first = entry.firstSequence();
    if (!open.isEmpty()) {
      came(stream, first + entry.sequences() - 1);
    }
    if (first > known + 1) {
      found(entry, stream, known + 1, first - 1, StreamGap.Cause.SKIPPED);
    }
  }

  /** Sequences behind a goodbye came after all, up to one. */
  private void came(StreamId stream, long last) {
    StreamGap gap = openOf(stream);
    if (gap != null && last >= gap.first()) {
      gaps.remove(gap.journalSequence());
      if (last < gap.last()) {
        gaps.add(gap.of(last + 1, gap.last()));
      } else {
        open.remove(stream);
      }
    }
  }

  private void ended(JournalEntry entry, StreamId stream, long known) {
    long last = entry.firstSequence();
    StreamGap before = openOf(stream);
    if (before != null && before.last() < last) {
      gaps.add(before.of(before.first(), last));
    } else if (before == null && last > known) {
      found(entry, stream, known + 1, last, StreamGap.Cause.GOODBYE);
      open.put(stream, entry.sequence());
      if (open.size() > GapStore.MAX) {
        open.values().removeIf(journalSequence -> gaps.find(journalSequence) == null);
      }
    }
  }

  private @Nullable StreamGap openOf(StreamId stream) {
    Long journalSequence = open.get(stream);
    if (journalSequence == null) {
      return null;
    }
    StreamGap gap = gaps.find(journalSequence);
    if (gap == null) {
      open.remove(stream);
    }
    return gap;
  }

  private void found(
      JournalEntry entry, StreamId stream, long first, long last, StreamGap.Cause cause) {
    gaps.add(
        new StreamGap(
            stream, entry.epoch(), first, last, entry.appendedAtMicros(), entry.sequence(), cause));
  }
}
