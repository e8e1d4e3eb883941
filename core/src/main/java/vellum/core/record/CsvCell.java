package vellum.core.record;

/** A value as a cell of CSV (RFC 4180). Stateless. */
public final class CsvCell {

  private CsvCell() {}

  /** The text, in quotation marks where it needs them. */
  public static String of(String text) {
    boolean isPlain =
        text.chars().noneMatch(one -> one == ',' || one == '"' || one == '\n' || one == '\r');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
