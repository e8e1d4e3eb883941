package vellum.ingest.importer;

/** Why a whole file cannot be imported. Rows that cannot are {@link Row.Bad}, not exceptions. */
public abstract sealed class ImportException extends RuntimeException {

  private ImportException(String message) {
    super(message);
  }

  /** Whether trying again with the same arguments can help. */
  public boolean recoverable() {
    return false;
  }

  /** The file's format is not named, and its beginning fits none or several. */
  public static final class UnknownFormat extends ImportException {
    UnknownFormat(String message) {
      super(message);
    }
  }

  /** The file holds nothing. */
  public static final class Empty extends ImportException {
    Empty(String message) {
      super(message);
    }
  }

  /** The file's compression is broken at its beginning, or is not the one that its name says. */
  public static final class BrokenArchive extends ImportException {
    BrokenArchive(String message) {
      super(message);
    }
  }

  /** The header of a CSV file names a column that no field has, or one twice, or none. */
  public static final class BadHeader extends ImportException {
    BadHeader(String message) {
      super(message);
    }
  }

  /** A JSON document is cut short, goes on behind its end, or is no JSON. */
  public static final class BrokenDocument extends ImportException {
    BrokenDocument(String message) {
      super(message);
    }
  }
}
