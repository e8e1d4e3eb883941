package vellum.core.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import vellum.core.period.Directories;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

/**
 * Removes directories of periods: closed when nobody reads them any more, then listed, then
 * deleted, so that the list is of what goes. For one thread.
 */
final class Removal {

  private final RetentionSetup setup;
  private final Directories directories;

  Removal(RetentionSetup setup) {
    this.setup = setup;
    this.directories = setup.months().directories();
  }

  /** Closes a month's live directory, which its archive has replaced; false while it is read. */
  boolean closeLive(MonthId month) {
    return setup.months().closeWhenUnused(month, Stage.Owner.LIVE);
  }

  /** Files of a month's live directory. */
  Evidence.Removed listLive(MonthId month) {
    return FileList.of(directories.data(), List.of(directories.live(month)));
  }

  /** Removes a month's live directory. */
  void removeLive(MonthId month) {
    delete(directories.live(month));
  }

  /** Closes all of a period that nobody owns any more; false while somebody reads it. */
  boolean closeAll(MonthId period) {
    return setup.months().closeWhenUnused(period, Stage.Owner.LIVE)
        && setup.months().closeWhenUnused(period, Stage.Owner.ARCHIVE);
  }

  /** Files of all directories of periods. */
  Evidence.Removed listAll(List<MonthId> periods) {
    return FileList.of(
        directories.data(), periods.stream().flatMap(each -> all(each).stream()).toList());
  }

  /** Removes all directories of a period. */
  void removeAll(MonthId period) {
    all(period).forEach(this::delete);
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
