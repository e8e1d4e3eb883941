package vellum.core.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import vellum.core.disk.Disk;

/**
 * The end of the journal: numbers entries and writes them to the live segment, which it replaces
 * when that is full, old, or asked for. Age is measured by a monotonic clock, so that a wall clock
 * that steps neither rolls nor keeps from rolling. Used by the appender's thread.
 */
final class EntryLog implements AutoCloseable {

  private final Path directory;
  private final JournalConfig config;
  private final SegmentList segments;
  private final Progress progress;
  private final InstantSource clock;
  private final LongSupplier nanoClock;
  private long generation;
  private @Nullable SegmentWriter writer;

  /** Starts with the first segment of this process. */
  EntryLog(JournalSetup setup, SegmentList segments, Progress progress, long generation)
      throws IOException {
    this.directory = setup.directory();
    this.config = setup.config();
    this.segments = segments;
    this.progress = progress;
    this.clock = setup.clock();
    this.nanoClock = setup.nanoClock();
    this.generation = generation;
    start(setup.disk());
  }

  private void start(Disk disk) throws IOException {
    open();
    disk.forceDirectory(directory);
  }

  private void open() throws IOException {
    SegmentName name = new SegmentName(generation, progress.appended() + 1);
    SegmentFiles files = new SegmentFiles(name, directory);
    Files.createDirectory(files.directory());
    generation++;
    writer = new SegmentWriter(files, config.blockBytes(), clock.millis(), nanoClock.getAsLong());
    segments.add(files);
  }

  private SegmentWriter writer() {
    SegmentWriter open = writer;
    if (open == null) {
      throw new IllegalStateException("closed");
    }
    return open;
  }

  /** Whether the live segment is to end: by its size or age, or because it is asked for. */
  boolean mustRoll(boolean asked) {
    SegmentWriter live = writer();
    return !live.files().isEmpty()
        && (asked
            || live.files().bytes() >= config.segmentBytes()
            || nanoClock.getAsLong() - live.startedNanos() >= config.segmentAge().toNanos());
  }

  /** Ends the live segment and makes the next. */
  void roll() throws IOException {
    SegmentWriter ending = writer();
    writer = null;
    ending.close();
    open();
    ending.files().seal();
  }

  long nextSequence() {
    return progress.appended() + 1;
  }

  long nowMicros() {
    Instant now = clock.instant();
    return Math.addExact(
        Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1_000L);
  }

  /** Appends the entry with the {@linkplain #nextSequence next sequence}. Returns its bytes. */
  int append(JournalEntry entry) {
    int bytes = writer().append(entry, progress.forced());
    progress.appended(entry.sequence());
    return bytes;
  }

  @Override
  public void close() {
    SegmentWriter open = writer;
    writer = null;
    if (open != null) {
      open.close();
    }
  }
}
