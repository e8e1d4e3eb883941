package vellum.core.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import vellum.core.period.Directories;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

/** Removes directories of periods, once nobody reads them. For one thread. */
final class Removal {

  private final RetentionSetup setup;
  private final Directories directories;

  Removal(RetentionSetup setup) {
    this.setup = setup;
    this.directories = setup.months().directories();
  }

  /** Files of a month's live directory. */
  Evidence.Removed list(MonthId month) {
    return FileList.of(directories.data(), List.of(directories.live(month)));
  }

  /** Files of all directories of periods. */
  Evidence.Removed list(List<MonthId> periods) {
    return FileList.of(
        directories.data(), periods.stream().flatMap(each -> all(each).stream()).toList());
  }

  /** Removes a month's live directory; false while somebody reads it. */
  boolean removeLive(MonthId month) {
    if (!setup.months().closeWhenUnused(month, Stage.Owner.LIVE)) {
      return false;
    }
    delete(directories.live(month));
    return true;
  }

  /** Removes all of a period that nobody owns any more; false while somebody reads it. */
  boolean removeAll(MonthId period) {
    boolean unused =
        setup.months().closeWhenUnused(period, Stage.Owner.LIVE)
            && setup.months().closeWhenUnused(period, Stage.Owner.ARCHIVE);
    if (unused) {
      all(period).forEach(this::delete);
    }
    return unused;
  }

  /** Removes the directory of an archive year, which has no months any more. */
  void removeYear(MonthId month) {
    delete(directories.year(month));
  }

  private List<Path> all(MonthId period) {
    return period.kind() == MonthId.Kind.TRAFFIC
        ? List.of(directories.live(period), directories.archive(period), directories.making(period))
        : List.of(directories.live(period));
  }

  private void delete(Path directory) {
    try {
      directories.disk().deleteTree(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be removed", e);
    }
  }
}
