package vellum.core.apply;

import java.util.Locale;
import vellum.core.billing.Cube;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;

/** Journal and months do not go together. */
public sealed class ApplyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ApplyException(String message) {
    super(message);
  }

  /** Whether trying again may help. */
  public final boolean recoverable() {
    return false;
  }

  /** A month's archive is not what its live directory is, and does not take its place. */
  public static final class ArchiveDiffers extends ApplyException {
    private static final long serialVersionUID = 1L;

    ArchiveDiffers(MonthId month, long live, long archived) {
      super(
          "the archive of "
              + month
              + " has "
              + archived
              + " records, and the live month "
              + live
              + ": it is to be made anew");
    }
  }

  /** What a month's archive comes to is not what its live directory comes to, to the last nano. */
  public static final class CellsDiffer extends ApplyException {
    private static final long serialVersionUID = 1L;

    CellsDiffer(MonthId month, Cube cube) {
      super(
          "the archive of "
              + month
              + " differs from its live month in the totals of the "
              + cube.name().toLowerCase(Locale.ROOT)
              + " cube: it is to be made anew");
    }
  }

  /** A month has entries that the journal does not have: the journal's end was lost. */
  public static final class AheadOfJournal extends ApplyException {
    private static final long serialVersionUID = 1L;

    AheadOfJournal(MonthId month, Stage.Owner owner, long position, long forced) {
      super(
          owner.name().toLowerCase(Locale.ROOT)
              + "/"
              + month
              + " has the journal's entries up to "
              + position
              + ", but the journal ends at "
              + forced
              + ": entries that were forced are lost; restore the data directory from a backup");
    }
  }
}
