package vellum.core.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds where the journal of an earlier process ends.
 *
 * <p>A segment is read up to the sequence before its successor's first, the last one up to the last
 * entry that is what was written. Where one ends early, either a power cut took what was not
 * forced, and then also what later segments hold was not, and they are deleted; or forced entries
 * were lost, which {@linkplain ForcedEvidence shows} and is reported. What is found is forced
 * before it counts: after a mere death of the process it may be in memory only. (A force that
 * failed in the earlier process cannot be made good by this: its entries were not acknowledged, and
 * are read as long as the kernel has them.)
 *
 * <p>Segments without entries are deleted, so that their names can be given again. Used by one
 * thread.
 */
final class Recovery {

  private final JournalSetup setup;
  private final StreamStates states;
  private final long floor;

  /**
   * @param states of streams at some sequence; advanced to the end
   * @param floor sequence up to which entries are not needed any more
   */
  Recovery(JournalSetup setup, StreamStates states, long floor) {
    this.setup = setup;
    this.states = states;
    this.floor = floor;
  }

  /** What is there: segments with entries, the last entry, the next generation. */
  record Found(List<SegmentFiles> segments, long last, long nextGeneration) {}

  Found run() throws IOException {
    List<SegmentFiles> found = list();
    long base = states.sequence();
    long firstThere = found.isEmpty() ? base + 1 : found.get(0).first();
    if (firstThere > floor + 1) {
      throw new JournalException.Corrupt(
          "entries "
              + (floor + 1)
              + " to "
              + (firstThere - 1)
              + " are missing in "
              + setup.directory());
    }
    long nextGeneration = found.isEmpty() ? 1 : found.get(found.size() - 1).name().generation() + 1;
    long needed = Math.min(base, floor);
    int read = 0;
    boolean ended = false;
    while (read < found.size() && !ended) {
      ended = read(found, read, needed);
      read++;
    }
    for (int i = found.size() - 1; i >= read; i--) {
      setup.disk().deleteTree(found.get(i).directory());
    }
    List<SegmentFiles> kept = keep(found.subList(0, read));
    long last = kept.isEmpty() ? base : Math.max(base, kept.get(kept.size() - 1).last());
    if (last < floor || states.sequence() != last || lastOf(kept, last) != last) {
      throw new JournalException.Corrupt(
          "the journal in "
              + setup.directory()
              + " ends at entry "
              + lastOf(kept, last)
              + ", but entries up to "
              + Math.max(floor, base)
              + " were forced");
    }
    return new Found(kept, last, nextGeneration);
  }

  private static long lastOf(List<SegmentFiles> kept, long otherwise) {
    return kept.isEmpty() ? otherwise : kept.get(kept.size() - 1).last();
  }

  private List<SegmentFiles> list() throws IOException {
    List<SegmentName> names = new ArrayList<>();
    try (DirectoryStream<Path> directories =
        Files.newDirectoryStream(setup.directory(), Files::isDirectory)) {
      for (Path directory : directories) {
        SegmentName.parse(String.valueOf(directory.getFileName())).ifPresent(names::add);
      }
    }
    Collections.sort(names);
    List<SegmentFiles> segments = new ArrayList<>();
    long first = 0;
    for (SegmentName name : names) {
      if (name.first() < first) {
        throw new JournalException.Corrupt(
            "segment " + name + " in " + setup.directory() + " starts before its predecessor");
      }
      first = name.first();
      segments.add(new SegmentFiles(name, setup.directory()));
    }
    return segments;
  }

  /** Reads one segment. Returns whether the journal ends in it. */
  private boolean read(List<SegmentFiles> found, int index, long needed) throws IOException {
    SegmentFiles segment = found.get(index);
    boolean isLast = index == found.size() - 1;
    long limit = isLast ? Long.MAX_VALUE : found.get(index + 1).first() - 1;
    if (limit <= needed) {
      Path data = segment.dataFile();
      segment.appended(limit, data == null ? 0 : Files.size(data));
      segment.setMetadataAside();
      return false;
    }
    SegmentScan scan = new SegmentScan(setup, states, segment);
    scan.read(limit);
    if (segment.last() == limit) {
      return false;
    }
    long evidence = scan.evidence();
    for (SegmentFiles later : found.subList(index + 1, found.size())) {
      evidence = Math.max(evidence, later.readForced());
      Path data = later.dataFile();
      if (data != null) {
        int maxBytes = setup.config().blockBytes() / 4;
        evidence = Math.max(evidence, new ForcedEvidence(maxBytes).behind(data, 0));
      }
    }
    if (evidence > segment.last()) {
      throw scan.corrupt(evidence);
    }
    return true;
  }

  private List<SegmentFiles> keep(List<SegmentFiles> read) throws IOException {
    List<SegmentFiles> kept = new ArrayList<>();
    for (SegmentFiles segment : read) {
      if (segment.isEmpty()) {
        setup.disk().deleteTree(segment.directory());
      } else {
        force(segment);
        segment.seal();
        kept.add(segment);
      }
    }
    setup.disk().forceDirectory(setup.directory());
    return kept;
  }

  private void force(SegmentFiles segment) throws IOException {
    Path data = segment.dataFile();
    if (data == null || segment.readForced() >= segment.last()) {
      return;
    }
    try (FileChannel channel =
        FileChannel.open(data, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      setup.disk().force(channel);
    }
    segment.writeForced(segment.last(), setup.disk());
  }
}
