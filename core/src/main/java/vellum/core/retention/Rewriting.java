package vellum.core.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vellum.core.period.ArchiveDraft;
import vellum.core.period.Directories;
import vellum.core.period.LiveMonth;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.store.StoreBatch;

/**
 * The rewriting of one month at a time, with the room that it takes and the pace at which it goes.
 * Cut short, it goes on behind the last finished file. For one thread; to be closed.
 */
final class Rewriting implements AutoCloseable {

  /** How long a step takes: keys that fall due are destroyed between two. */
  static final long STEP_NANOS = 20_000_000;

  /** How often what is written is measured. */
  private static final long MEASURE_NANOS = 1_000_000_000;

  private final RetentionSetup setup;
  private @Nullable MonthId month;
  private @Nullable Under under;
  private long measuredAt;

  /** What is under way. */
  private record Under(RecordStore.Hold hold, Rewrite rewrite, Path making) {}

  Rewriting(RetentionSetup setup) {
    this.setup = setup;
  }

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
    Directories directories = setup.months().directories();
    long written = FileList.bytes(directories.making(asked));
    long needed = SpacePlan.needed(FileList.bytes(directories.live(asked)));
    setup.space().reserve(asked, Math.max(SpacePlan.MARGIN_BYTES, needed - written));
    month = asked;
  }

  /** Goes on for a step; not null when the archive is written and found equal. */
  Evidence.@Nullable Rewritten step(MonthId asked) {
    if (under == null) {
      requireRoom(asked);
      under = begin(asked);
    }
    long start = setup.nanoClock().getAsLong();
    boolean done = under.rewrite.step(STEP_NANOS, setup.pace().part() > 1);
    long end = setup.nanoClock().getAsLong();
    setup.pace().worked(end - start);
    if (end - measuredAt >= MEASURE_NANOS) {
      measuredAt = end;
      setup.space().written(FileList.bytes(under.making));
    }
    if (!done) {
      return null;
    }
    Evidence.Rewritten rewritten = under.rewrite.result();
    drop(asked);
    return rewritten;
  }

  private Under begin(MonthId asked) {
    Path making = setup.months().directories().making(asked);
    RecordStore.Hold hold = setup.months().holdAs(asked, Stage.Owner.LIVE);
    @Nullable ArchiveDraft draft = null;
    boolean begun = false;
    try {
      Optional<StripProgress> progress = StripProgress.find(setup.control(), asked);
      draft = draft(making, progress);
      Optional<StripProgress> from = goesOn(draft, progress) ? progress : Optional.empty();
      Rewrite.Job job =
          new Rewrite.Job(
              (LiveMonth) hold.month(),
              setup.monthKeys().stripper(asked),
              draft,
              setup.linkBytes(),
              done -> done.save(setup.control(), asked),
              setup.writer(),
              setup.nanoClock());
      Under made = new Under(hold, new Rewrite(job, from), making);
      begun = true;
      return made;
    } finally {
      if (!begun) {
        if (draft != null) {
          draft.close();
        }
        hold.close();
      }
    }
  }

  /** The draft that is there, or a new one when nothing goes on from it. */
  private ArchiveDraft draft(Path making, Optional<StripProgress> progress) {
    try {
      if (progress.isPresent()) {
        ArchiveDraft draft = new ArchiveDraft(making, setup.maker());
        if (goesOn(draft, progress)) {
          return draft;
        }
        draft.close();
      }
      Files.createDirectories(making.resolveSibling("."));
      setup.months().directories().disk().deleteTree(making);
      return new ArchiveDraft(making, setup.maker());
    } catch (IOException e) {
      throw new UncheckedIOException(making + " cannot be made", e);
    }
  }

  /** Whether the draft's finished files end where the progress does. */
  private static boolean goesOn(ArchiveDraft draft, Optional<StripProgress> progress) {
    return progress
        .filter(
            done ->
                draft.isFinished() ? done.complete() : Arrays.equals(done.key(), draft.lastKey()))
        .isPresent();
  }

  /** The month that is being rewritten, and how far, 0 to 1. */
  Map<MonthId, Double> progress() {
    return month == null || under == null ? Map.of() : Map.of(month, under.rewrite.progress());
  }

  /** Forgets what was begun of a month that has come to another stage: it expired. */
  void keepOnly(Predicate<MonthId> wanted) {
    if (month != null && !wanted.test(month)) {
      close();
    }
  }

  /** Forgets what was begun of a month; it goes on behind the last finished file. */
  void drop(MonthId asked) {
    if (asked.equals(month)) {
      close();
    }
  }

  /** Forgets how far a month is rewritten; it is begun anew. */
  void forget(MonthId asked) {
    StoreBatch batch = setup.control().batch();
    StripProgress.delete(batch, asked);
    setup.control().write(batch);
  }

  @Override
  public void close() {
    Under open = under;
    under = null;
    month = null;
    setup.space().release();
    if (open != null) {
      open.rewrite.close();
      open.hold.close();
    }
  }
}
