package vellum.bench.peers;

import java.util.Locale;

/**
 * What came out for a figure in one round.
 *
 * @param value NaN when there is none
 * @param note why there is none, or what was wrong; empty when all is well. Has no line end
 */
record Outcome(Figure figure, double value, String note) {

  Outcome {
    note = note.replaceAll("\\s+", " ").strip();
  }

  static Outcome of(Figure figure, double value) {
    return new Outcome(figure, value, "");
  }

  static Outcome none(Figure figure, String why) {
    return new Outcome(figure, Double.NaN, why);
  }

  /** As a line that {@link #parse} reads. */
  String line() {
    return String.format(Locale.ROOT, "%s\t%s\t%s", figure.name(), value, note);
  }

  static Outcome parse(String line) {
    String[] cells = line.split("\t", 3);
    return new Outcome(Figure.valueOf(cells[0]), Double.parseDouble(cells[1]), cells[2]);
  }
}
