package vellum.core.apply;

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

  /** A month has entries that the journal does not have: the journal's end was lost. */
  public static final class AheadOfJournal extends ApplyException {
    private static final long serialVersionUID = 1L;

    AheadOfJournal(MonthId month, long position, long forced) {
      super(
          "live/"
              + month
              + " has the journal's entries up to "
              + position
              + ", but the journal ends at "
              + forced
              + ": entries that were forced are lost; restore the data directory from a backup");
    }
  }
}
