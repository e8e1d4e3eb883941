package vellum.ingest.terminal;

/**
 * Colours of text (ECMA-48 SGR), or none. Immutable.
 *
 * @param on whether the reader is a terminal that wants them
 */
public record Paint(boolean on) {

  public String bold(String text) {
    return wrap("1", text);
  }

  public String dim(String text) {
    return wrap("2", text);
  }

  public String red(String text) {
    return wrap("31", text);
  }

  public String green(String text) {
    return wrap("32", text);
  }

  public String yellow(String text) {
    return wrap("33", text);
  }

  private String wrap(String code, String text) {
    return on ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
  }
}
