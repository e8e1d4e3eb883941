package vellum.core.record;

/**
 * A JSON string in one way only: nothing escaped that need not be (RFC 8259, section 7). Written
 * here, since bytes that are hashed or signed must not depend on a library's version. Stateless.
 */
public final class JsonString {

  private static final char FIRST_PLAIN = ' ';

  private JsonString() {}

  /** Appends a text in quotation marks. */
  public static void append(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == '"' || next == '\\') {
        out.append('\\').append(next);
      } else if (next < FIRST_PLAIN) {
        out.append(String.format("\\u%04x", (int) next));
      } else {
        out.append(next);
      }
    }
    out.append('"');
  }
}
