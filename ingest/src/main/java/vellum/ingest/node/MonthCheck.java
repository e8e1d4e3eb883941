package vellum.ingest.node;

import java.nio.file.Path;
import vellum.core.period.Months;
import vellum.core.record.MonthId;
import vellum.core.store.StoreException;

/**
 * The look into every month at a start: a damaged one is named then, with its directory and what to
 * do about it, and not by whoever first looks for a record of it. Stateless.
 */
final class MonthCheck {

  private MonthCheck() {}

  /**
   * Opens each month that the catalog names, and closes those again for which there is no room.
   *
   * @throws NodeException.Damaged when one cannot be opened
   */
  static void openAll(Months months) {
    for (MonthId month : months.months()) {
      open(months, month);
      months.trim();
    }
  }

  private static void open(Months months, MonthId month) {
    try {
      months.hold(month).close();
    } catch (StoreException e) {
      Path directory = months.directoryOf(month).toAbsolutePath().normalize();
      boolean mayPass = e.recoverable();
      throw new NodeException.Damaged(
          "month "
              + month
              + (mayPass ? " cannot be opened: " : " is damaged: ")
              + e.getMessage()
              + (mayPass ? "; check free space and permissions, else restore " : "; restore ")
              + directory
              + " from a backup",
          e);
    }
  }
}
