package vellum.core.period;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import vellum.core.crypto.KeyRing;
import vellum.core.record.MonthId;

/**
 * How a period comes to be: its name goes to the catalog before its directory is made, and what is
 * gone never comes again. Thread-safe as long as nobody else makes the same period.
 */
final class MonthMaking {

  private final Directories directories;
  private final Catalog catalog;
  private final Function<MonthId, Optional<KeyRing.Destroyed>> keyEnds;
  private final InstantSource clock;

  /**
   * @param keyEnds the end of a period's key, when it is destroyed
   */
  MonthMaking(
      Directories directories,
      Catalog catalog,
      Function<MonthId, Optional<KeyRing.Destroyed>> keyEnds,
      InstantSource clock) {
    this.directories = directories;
    this.catalog = catalog;
    this.keyEnds = keyEnds;
    this.clock = clock;
  }

  /** Names a period of usage or content, durably, and makes its directory; again does nothing. */
  Path make(MonthId period) {
    requireNotGone(period);
    Path directory = directories.live(period);
    catalog.add(period, clock.instant());
    directories.make(directory);
    catalog.made(period);
    return directory;
  }

  /**
   * Who owns a month, which is named, and whose directory is made, when it was not: live, or
   * archived from the start where there never was a key and will be none.
   */
  Stage.Owner ownerOrMake(MonthId month) {
    requireNotGone(month);
    if (!catalog.isMade(month)) {
      requireMayBeMade(month);
      catalog.add(month, clock.instant());
      if (keyEnds.apply(month).filter(end -> !end.existed()).isPresent()) {
        directories.make(directories.archive(month));
        catalog.move(month, new Catalog.Entry(Stage.ARCHIVED, clock.instant(), 0), batch -> {});
      } else {
        directories.make(directories.live(month));
      }
    }
    return catalog.owner(month);
  }

  /**
   * Usage and content are never archived: without a key there is nothing of them to be kept. A
   * month of traffic ends with the secret of its year.
   */
  private void requireMayBeMade(MonthId month) {
    if (!month.holdsRecords()) {
      throw new IllegalArgumentException(month + " holds no records");
    }
    MonthId kept = month.kind() == MonthId.Kind.TRAFFIC ? month.year() : month;
    if (keyEnds.apply(kept).isPresent()) {
      throw new PeriodException.Gone(month, Stage.EXPIRED);
    }
  }

  private void requireNotGone(MonthId month) {
    catalog
        .entry(month)
        .map(Catalog.Entry::stage)
        .filter(stage -> stage.owner() == Stage.Owner.NONE)
        .ifPresent(
            stage -> {
              throw new PeriodException.Gone(month, stage);
            });
  }
}
