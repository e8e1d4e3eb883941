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

  /** Writes bytes of UTF-8 likewise. */
  public static void write(Output out, byte[] bytes, int offset, int length) {
    if (isPlain(bytes, offset, length)) {
      out.write(bytes, offset, length);
      return;
    }
    int at = out.reserve(2 * length + 2);
    byte[] to = out.bytes();
    to[at++] = '"';
    for (int i = offset; i < offset + length; i++) {
      byte one = bytes[i];
      if (one == '"') {
        to[at++] = '"';
      }
      to[at++] = one;
    }
    to[at++] = '"';
    out.truncate(at);
  }

  private static boolean isPlain(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      byte one = bytes[i];
      if (one == ',' || one == '"' || one == '\n' || one == '\r') {
        return false;
      }
    }
    return true;
  }
}
