package vellum.core.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import org.jspecify.annotations.Nullable;
import vellum.core.disk.Disk;

/**
 * The segments on disk, who reads them, and which are to go.
 *
 * <p>A segment goes when it is sealed, released and no reader is on it; its whole directory does.
 * Who removes the last obstacle deletes it: the caller of {@link #release}, a tail that moves on,
 * or the forcer after a roll. Thread-safe; files are deleted outside of the lock.
 */
final class SegmentList {

  private final Disk disk;
  private final List<SegmentFiles> segments = new ArrayList<>();
  private final Map<SegmentFiles, Integer> readers = new HashMap<>();
  private long released;

  SegmentList(Disk disk, List<SegmentFiles> recovered) {
    this.disk = disk;
    segments.addAll(recovered);
  }

  synchronized void add(SegmentFiles segment) {
    segments.add(segment);
  }

  synchronized List<SegmentFiles> all() {
    return List.copyOf(segments);
  }

  synchronized List<Journal.Segment> describe() {
    return segments.stream().map(SegmentFiles::describe).toList();
  }

  synchronized long bytes() {
    return segments.stream().mapToLong(SegmentFiles::bytes).sum();
  }

  /** The segment of an entry, which is not deleted before {@link #leave}; null when it is gone. */
  synchronized @Nullable SegmentFiles enter(long sequence) {
    for (int i = segments.size() - 1; i >= 0; i--) {
      SegmentFiles segment = segments.get(i);
      if (segment.first() <= sequence) {
        if (segment.isSealed() && segment.last() < sequence) {
          return null;
        }
        readers.merge(segment, 1, Integer::sum);
        return segment;
      }
    }
    return null;
  }

  void leave(SegmentFiles segment) {
    synchronized (this) {
      readers.computeIfPresent(segment, (any, count) -> count == 1 ? null : count - 1);
    }
    deleteReleased();
  }

  void release(long sequence) {
    synchronized (this) {
      released = Math.max(released, sequence);
    }
    deleteReleased();
  }

  /** Deletes what may go, oldest first. */
  void deleteReleased() {
    List<SegmentFiles> going = new ArrayList<>();
    synchronized (this) {
      while (!segments.isEmpty() && mayGo(segments.get(0))) {
        going.add(segments.remove(0));
      }
    }
    if (going.isEmpty()) {
      return;
    }
    BackgroundResourceReleaser.releasePendingResources();
    for (SegmentFiles segment : going) {
      try {
        disk.deleteTree(segment.directory());
      } catch (IOException failure) {
        throw new JournalException.WriteFailed("cannot delete " + segment, failure);
      }
    }
  }

  private boolean mayGo(SegmentFiles segment) {
    return segment.isSealed() && segment.last() <= released && !readers.containsKey(segment);
  }
}
