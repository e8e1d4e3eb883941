package vellum.ingest.scan;

/** A scan cannot be made. Messages name no value. */
public abstract sealed class ScanException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ScanException(String message) {
    super(message);
  }

  /** Whether trying again later may help. */
  public boolean recoverable() {
    return false;
  }

  /** The values to look for break a rule; the message names the line. */
  public static final class BadValues extends ScanException {
    private static final long serialVersionUID = 1L;

    BadValues(String message) {
      super(message);
    }
  }

  /** What is to be searched is no directory, or holds the values themselves. */
  public static final class BadDirectory extends ScanException {
    private static final long serialVersionUID = 1L;

    BadDirectory(String message) {
      super(message);
    }
  }
}
