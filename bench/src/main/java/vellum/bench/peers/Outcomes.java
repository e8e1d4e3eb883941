package vellum.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The outcomes of one peer in one round, in a file, as they come. For one thread. */
final class Outcomes {

  private final Path file;
  private final Set<Figure> told = EnumSet.noneOf(Figure.class);

  Outcomes(Path file) {
    this.file = file;
  }

  void tell(Figure figure, double value) {
    tell(Outcome.of(figure, value));
  }

  void tell(Figure figure, double value, String note) {
    tell(new Outcome(figure, value, note));
  }

  /** Says for all figures of a work that have no outcome yet why there is none. */
  void none(Work work, String why) {
    for (Figure figure : Figure.values()) {
      if (figure.work() == work && !told.contains(figure)) {
        tell(Outcome.none(figure, why));
      }
    }
  }

  private void tell(Outcome outcome) {
    told.add(outcome.figure());
    try {
      Files.writeString(
          file, outcome.line() + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write outcomes", e);
    }
  }

  /** All of a file; none when the process that was to write it never did. */
  static List<Outcome> read(Path file) throws IOException {
    return Files.exists(file)
        ? Files.readAllLines(file).stream().map(Outcome::parse).toList()
        : List.of();
  }
}
