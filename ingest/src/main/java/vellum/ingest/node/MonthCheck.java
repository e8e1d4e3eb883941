package vellum.ingest.node;

import java.nio.file.Path;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;
import vellum.core.store.StoreException;

/**
 * The look into every live month at a start: a damaged one is named then, with its directory and
 * what to do about it, and not by whoever first looks for a record of it. Stateless.
 */
final class MonthCheck {

  private MonthCheck() {}

  /**
   * Opens each month that the catalog names, and closes those again for which there is no room.
   *
   * @param live the directory of the months
   * @throws NodeException.Damaged when one cannot be opened
   */
  static void openAll(RecordStore months, Path live) {
    for (MonthId month : months.months()) {
      open(months, month, live.resolve(month.toString()).toAbsolutePath().normalize());
      months.trim();
    }
  }

  private static void open(RecordStore months, MonthId month, Path directory) {
    try {
      months.hold(month).close();
    } catch (StoreException e) {
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
