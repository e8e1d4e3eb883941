package vellum.core.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vellum.core.apply.ChangeCopy;
import vellum.core.apply.Switch;
import vellum.core.period.ArchiveMonth;
import vellum.core.period.Directories;
import vellum.core.period.LiveMonth;
import vellum.core.period.RecordStore;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

/**
 * The last part of a strip before the archive owns its month: the draft takes its name, and what
 * changed in the live month since is carried over, until so little is left that the applier can do
 * the rest between two batches. For one thread; to be closed.
 */
final class CatchUp implements AutoCloseable {

  /** Changes that are copied in one step. */
  private static final int STEP = 1_000;

  /** Steps after which the applier copies the rest, however much: it comes faster than it goes. */
  private static final int MAX_STEPS = 1_000;

  private final RetentionSetup setup;

  /** Last journal sequence that an earlier process may have applied. */
  private final long replayed;

  private final Map<MonthId, Under> under = new HashMap<>();

  /** A month that is being given to its archive. */
  private static final class Under {
    private final RecordStore.Hold live;
    private final RecordStore.Hold archive;
    private final ChangeCopy copy;
    private int steps;
    private @Nullable CompletableFuture<Void> switched;

    Under(RecordStore.Hold live, RecordStore.Hold archive, ChangeCopy copy) {
      this.live = live;
      this.archive = archive;
      this.copy = copy;
    }
  }

  CatchUp(RetentionSetup setup) {
    this.setup = setup;
    this.replayed = setup.journal().forced();
  }

  /** Takes a step; whether it did. */
  boolean step(MonthId month, Blocks blocks) {
    if (rename(month)) {
      return true;
    }
    Under one = under.get(month);
    if (one == null) {
      if (!isReplayed()) {
        blocks.waits(month, "what the journal held at the start is to be applied");
        return false;
      }
      one = open(month);
      under.put(month, one);
    }
    CompletableFuture<Void> switched = one.switched;
    if (switched == null) {
      if (one.copy.copy(STEP) < STEP || ++one.steps >= MAX_STEPS) {
        one.switched = request(month, one);
      }
      return true;
    }
    if (!switched.isDone()) {
      blocks.waits(month, "the applier is to give it to its archive between two batches");
      return false;
    }
    drop(month);
    return finish(switched);
  }

  /**
   * Whether the live month has all that it had before this process: the archive may be made of
   * messages that a crash took out of the live month's memory, until they are applied again.
   */
  private boolean isReplayed() {
    return setup.applier().progress().sequence() >= replayed;
  }

  private CompletableFuture<Void> request(MonthId month, Under one) {
    return setup
        .applier()
        .between(new Switch(month, one.copy, setup.catalog(), () -> setup.clock().erasureNow()));
  }

  private static boolean finish(CompletableFuture<Void> switched) {
    try {
      switched.join();
      return true;
    } catch (CancellationException stopped) {
      return false;
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
  }

  private Under open(MonthId month) {
    RecordStore.Hold live = setup.months().holdAs(month, Stage.Owner.LIVE);
    RecordStore.@Nullable Hold archive = null;
    boolean opened = false;
    try {
      archive = setup.months().holdAs(month, Stage.Owner.ARCHIVE);
      ChangeCopy copy =
          new ChangeCopy(
              (LiveMonth) live.month(),
              (ArchiveMonth) archive.month(),
              setup.monthKeys().stripper(month));
      opened = true;
      return new Under(live, archive, copy);
    } finally {
      if (!opened) {
        live.close();
        if (archive != null) {
          archive.close();
        }
      }
    }
  }

  /** Gives the verified draft its name; false when it has it. */
  private boolean rename(MonthId month) {
    Directories directories = setup.months().directories();
    Path making = directories.making(month);
    if (!Files.isDirectory(making)) {
      return false;
    }
    try {
      Files.move(making, directories.archive(month), StandardCopyOption.ATOMIC_MOVE);
      directories.disk().forceDirectory(directories.year(month));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(making + " cannot be renamed", e);
    }
  }

  /** Forgets what was begun of months that have come to another stage. */
  void keepOnly(Predicate<MonthId> wanted) {
    List.copyOf(under.keySet()).stream().filter(wanted.negate()).forEach(this::drop);
  }

  /** Forgets what was begun of a month, unless the applier has it. */
  void drop(MonthId month) {
    Under one = under.get(month);
    if (one != null && (one.switched == null || one.switched.isDone())) {
      under.remove(month);
      one.archive.close();
      one.live.close();
    }
  }

  @Override
  public void close() {
    under
        .values()
        .forEach(
            one -> {
              one.archive.close();
              one.live.close();
            });
    under.clear();
  }
}
