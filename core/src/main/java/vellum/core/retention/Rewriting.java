package vellum.core.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.YearMac;
import vellum.core.period.ArchiveDraft;
import vellum.core.period.Directories;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.strip.RowStripper;

/**
 * The rewriting of one month at a time, with the room that it takes and the pace at which it goes.
 * For one thread; to be closed.
 */
final class Rewriting implements AutoCloseable {

  /** How long a step takes: keys that fall due are destroyed between two. */
  static final long STEP_NANOS = 20_000_000;

  private final RetentionSetup setup;
  private @Nullable MonthId month;
  private @Nullable Rewrite rewrite;

  Rewriting(RetentionSetup setup) {
    this.setup = setup;
  }

  /**
   * What a finished rewriting found.
   *
   * @param position journal sequence up to which the archive has the live month's changes
   */
  record Finished(Evidence.Rewritten rewritten, long position) {}

  boolean isBusyWithAnother(MonthId asked, Stage stage) {
    return month != null
        && !month.equals(asked)
        && (stage == Stage.DRAINED || stage == Stage.REWRITING);
  }

  /**
   * Reserves the room that the rewriting takes.
   *
   * @throws StripException.NoRoom when there is not enough
   */
  void requireRoom(MonthId asked) {
    Path live = setup.months().directories().live(asked);
    setup.space().reserve(asked, SpacePlan.needed(FileList.bytes(live)));
    month = asked;
  }

  /** Goes on for a step; not null when the archive is written and found equal. */
  @Nullable Finished step(MonthId asked) {
    if (rewrite == null) {
      requireRoom(asked);
      rewrite = begin(asked);
    }
    long start = setup.nanoClock().getAsLong();
    boolean done = rewrite.step(STEP_NANOS);
    setup.pace().worked(setup.nanoClock().getAsLong() - start);
    setup.space().written(rewrite.writtenBytes());
    if (!done) {
      return null;
    }
    Finished finished = new Finished(rewrite.result(), rewrite.snapshot().position());
    Path making = setup.months().directories().making(asked);
    drop(asked);
    force(making);
    return finished;
  }

  private Rewrite begin(MonthId asked) {
    Directories directories = setup.months().directories();
    Path making = directories.making(asked);
    try {
      Files.createDirectories(making.resolveSibling("."));
      directories.disk().deleteTree(making);
    } catch (IOException e) {
      throw new UncheckedIOException(making + " cannot be made", e);
    }
    YearMac mac = setup.keys().key(asked.year()).newYearMac();
    RowStripper stripper = new RowStripper(setup.profiles().apply(asked), mac);
    RecordStore.Hold hold = setup.months().holdAs(asked, Stage.Owner.LIVE);
    boolean begun = false;
    try {
      Rewrite made =
          new Rewrite(
              hold, stripper, new ArchiveDraft(making, setup.maker()), setup.nanoClock());
      begun = true;
      return made;
    } finally {
      if (!begun) {
        hold.close();
      }
    }
  }

  private void force(Path directory) {
    try {
      setup.months().directories().disk().forceDirectory(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be made durable", e);
    }
  }

  /** The month that is being rewritten, and how far, 0 to 1. */
  Map<MonthId, Double> progress() {
    return month == null || rewrite == null ? Map.of() : Map.of(month, rewrite.progress());
  }

  /** Forgets what was begun of a month; it is begun anew. */
  void drop(MonthId asked) {
    if (asked.equals(month)) {
      close();
    }
  }

  @Override
  public void close() {
    Rewrite open = rewrite;
    rewrite = null;
    month = null;
    setup.space().release();
    if (open != null) {
      open.close();
    }
  }
}
