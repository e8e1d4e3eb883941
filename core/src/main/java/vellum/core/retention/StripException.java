package vellum.core.retention;

import java.time.Instant;
import vellum.core.record.MonthId;

/**
 * A month could not be stripped. Its key is destroyed all the same, and its rows are where they
 * were. Messages hold no identities.
 */
public sealed class StripException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StripException(String message) {
    super(message);
  }

  /** Whether the next attempt may go better by itself. */
  public boolean recoverable() {
    return false;
  }

  /** The archive that was made does not hold what the live month holds. */
  public static final class NotEqual extends StripException {
    private static final long serialVersionUID = 1L;

    NotEqual(MonthId month, String what, String live, String archive) {
      super(
          "the archive of "
              + month
              + " differs from its live month: "
              + what
              + " are "
              + archive
              + " and must be "
              + live
              + "; the live month is kept");
    }
  }

  /** Two records have one key in the archive, by a chance of 2^-64 a pair. */
  public static final class KeyCollision extends StripException {
    private static final long serialVersionUID = 1L;

    KeyCollision(long second) {
      super(
          "two records of one account at "
              + Instant.ofEpochSecond(second)
              + " have one key in the archive; the live month is kept");
    }
  }

  /** One account has more in one second than can be put in order at once. */
  public static final class TooManyInASecond extends StripException {
    private static final long serialVersionUID = 1L;

    TooManyInASecond(int maxBytes) {
      super(
          "the records of one account and second take more than "
              + maxBytes
              + " bytes; the live month is kept");
    }
  }

  /** There is no room for the archive yet. */
  public static final class NoRoom extends StripException {
    private static final long serialVersionUID = 1L;

    NoRoom(MonthId month, long needed, long free) {
      super(
          "the strip of "
              + month
              + " needs "
              + needed
              + " bytes, and "
              + free
              + " are free above the journal's reserve");
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** A directory that the catalog names is not there. */
  public static final class Missing extends StripException {
    private static final long serialVersionUID = 1L;

    Missing(String message) {
      super(message);
    }
  }
}
