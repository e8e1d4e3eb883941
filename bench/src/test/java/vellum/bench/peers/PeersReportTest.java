package vellum.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import vellum.ingest.terminal.Paint;

final class PeersReportTest {

  private final PeersReport report = new PeersReport(List.of(PeerKind.VELLUM, PeerKind.POSTGRESQL));

  @Test
  void shouldShowMediansSpreadAndHowVellumCompares() {
    // given
    for (int round = 1; round <= 3; round++) {
      add(round, PeerKind.VELLUM, Outcome.of(Figure.ACKED_8, 100_000 * round));
      add(round, PeerKind.POSTGRESQL, Outcome.of(Figure.ACKED_8, 25_000 * round));
    }

    // then
    assertThat(printed())
        .containsPattern("acked, 8 producers +Vellum +200,000 +100,000 +300,000 +records/s\n")
        .containsPattern("PostgreSQL 15 +50,000 +25,000 +75,000 +records/s +4\\.00 x");
    assertThat(report.isComplete()).isTrue();
  }

  @Test
  void shouldSayOnceWhyAWorkIsNotPossible() {
    // given
    add(1, PeerKind.POSTGRESQL, Outcome.none(Figure.LIST_P50, "not possible: no look-up"));
    add(1, PeerKind.POSTGRESQL, Outcome.none(Figure.LIST_P99, "not possible: no look-up"));

    // then
    assertThat(printed()).containsOnlyOnce("not possible: no look-up");
    assertThat(report.isComplete()).isTrue();
  }

  @Test
  void shouldNotBeCompleteWithAWrongAnswer() {
    // given
    add(1, PeerKind.VELLUM, new Outcome(Figure.TOTALS, 3, "WRONG: 1 of 3 answers"));

    // then
    assertThat(printed()).contains("WRONG: 1 of 3 answers");
    assertThat(report.isComplete()).isFalse();
  }

  @Test
  void shouldNameWhatAPeerDoesNotDo() {
    // given
    report.add(1, PeerKind.POSTGRESQL, List.of(), List.of("sealing", "proof"));

    // then
    assertThat(printed()).contains("PostgreSQL 15 does not do: sealing; proof");
  }

  @Test
  void shouldWriteEveryRoundAsCsv() {
    // given
    add(2, PeerKind.VELLUM, Outcome.of(Figure.RESTART, 1.25));
    add(2, PeerKind.POSTGRESQL, Outcome.none(Figure.RESTART, "FAILED: a, b"));

    // then
    assertThat(text(report::printCsv))
        .isEqualTo(
            """
            round,peer,figure,value,unit,note
            2,vellum,restart,1.25,s,
            2,postgresql,restart,,s,"FAILED: a, b"
            """);
  }

  private void add(int round, PeerKind kind, Outcome outcome) {
    report.add(round, kind, List.of(outcome), List.of());
  }

  private String printed() {
    return text(out -> report.print(out, new Paint(false)));
  }

  private static String text(Consumer<PrintStream> printing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    printing.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
