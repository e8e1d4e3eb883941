package vellum.core.rerating;

/** A file of rates that cannot be used; nothing was changed. The message names line and column. */
public sealed class RatesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RatesException(String message) {
    super(message);
  }

  /** Whether the same file may do later. */
  public boolean recoverable() {
    return false;
  }

  /** A row, or the header (line 1), is wrong. */
  public static final class BadRow extends RatesException {
    private static final long serialVersionUID = 1L;

    /**
     * @param line from 1
     * @param column name of the column, or empty when the row as a whole is wrong
     */
    public BadRow(long line, String column, String reason) {
      super("line " + line + (column.isEmpty() ? "" : ", column " + column) + ": " + reason);
    }
  }

  /** More rows or bytes than are taken, or none. */
  public static final class BadSize extends RatesException {
    private static final long serialVersionUID = 1L;

    public BadSize(String reason) {
      super(reason);
    }
  }

  /** Two rows have the same conditions on the same days. */
  public static final class SameConditions extends RatesException {
    private static final long serialVersionUID = 1L;

    SameConditions(Rate one, Rate other) {
      super(
          "line "
              + Math.max(one.line(), other.line())
              + ": has the same conditions as line "
              + Math.min(one.line(), other.line())
              + " on days that both are for");
    }
  }
}
