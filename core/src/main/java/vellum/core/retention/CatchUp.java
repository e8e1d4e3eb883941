package vellum.core.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import vellum.core.period.Directories;
import vellum.core.record.MonthId;

/**
 * The last part of a strip before the archive owns its month: the draft takes its name, and what
 * changed in the live month since is carried over, until so little is left that the applier can do
 * the rest between two batches. For one thread.
 */
final class CatchUp {

  private final RetentionSetup setup;

  CatchUp(RetentionSetup setup) {
    this.setup = setup;
  }

  /** Takes a step; whether it did. */
  boolean step(MonthId month, long verifiedAt, Blocks blocks) {
    if (rename(month)) {
      return true;
    }
    boolean switched = setup.applySide().switchOver(month, verifiedAt);
    if (!switched) {
      blocks.waits(month, "the applier gives the month to its archive between two batches");
    }
    return switched;
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
}
