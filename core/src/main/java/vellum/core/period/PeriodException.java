package vellum.core.period;

import vellum.core.record.MonthId;

/** Directories and catalog do not go together. Messages name directories and what to do. */
public sealed class PeriodException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PeriodException(String message) {
    super(message);
  }

  /** Whether trying again may help. */
  public final boolean recoverable() {
    return false;
  }

  /** The catalog names a month whose directory is gone. */
  public static final class MonthMissing extends PeriodException {
    private static final long serialVersionUID = 1L;

    MonthMissing(String message) {
      super(message);
    }
  }

  /** There are months, but the catalog names none: the control store was lost. */
  public static final class CatalogMissing extends PeriodException {
    private static final long serialVersionUID = 1L;

    CatalogMissing(String message) {
      super(message);
    }
  }

  /** The catalog has an entry that this version does not know. */
  public static final class UnknownState extends PeriodException {
    private static final long serialVersionUID = 1L;

    UnknownState(String message) {
      super(message);
    }
  }

  /** The period has expired: nothing of it is left, and nothing makes it again. */
  public static final class Gone extends PeriodException {
    private static final long serialVersionUID = 1L;

    Gone(MonthId month, Stage stage) {
      super(month + " is " + stage + ": nothing is kept of it, and it is not made again");
    }
  }
}
