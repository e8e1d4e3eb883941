package vellum.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutcomeTest {

  @TempDir Path directory;

  @Test
  void shouldComeBackFromItsLine() {
    // given
    Outcome outcome = new Outcome(Figure.LIST_P99, 12.75, "WRONG: 1 of\n 3\tanswers");

    // when
    Outcome back = Outcome.parse(outcome.line());

    // then
    assertThat(back).isEqualTo(new Outcome(Figure.LIST_P99, 12.75, "WRONG: 1 of 3 answers"));
    assertThat(Outcome.parse(Outcome.none(Figure.LOST, "").line()).value()).isNaN();
  }

  @Test
  void shouldSayWhyOnlyOfFiguresThatHaveNoOutcome() throws IOException {
    // given
    Path file = directory.resolve("outcomes");
    Outcomes outcomes = new Outcomes(file);
    outcomes.tell(Figure.RESTART, 1.5);

    // when
    outcomes.none(Work.W7, "FAILED: why");

    // then
    assertThat(Outcomes.read(file))
        .isEqualTo(
            List.of(Outcome.of(Figure.RESTART, 1.5), Outcome.none(Figure.LOST, "FAILED: why")));
  }
}
