package vellum.ingest.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TableTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldAlignColumns() {
    new Table("NAME", ">COUNT")
        .row("a", "1")
        .row("Żółw", "1,234")
        .row("")
        .print(out, new Paint(false));
    assertThat(text().lines()).containsExactly("NAME  COUNT", "a         1", "Żółw  1,234", "");
  }

  @Test
  void shouldQuoteCsv() {
    new Table("A", ">B").row("x,y", "say \"hi\"").row("line\nend").printCsv(out);
    assertThat(text()).isEqualTo("A,B\n\"x,y\",\"say \"\"hi\"\"\"\n\"line\nend\",\n");
  }

  @Test
  void shouldRefuseTooManyCells() {
    assertThatThrownBy(() -> new Table("A").row("1", "2"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldWriteFiguresForPeople() {
    assertThat(Figures.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Figures.count(1, "row") + Figures.count(0, "row")).isEqualTo("1 row0 rows");
    assertThat(Figures.bytes(999)).isEqualTo("999 B");
    assertThat(Figures.bytes(1_500_000)).isEqualTo("1.4 MiB");
    assertThat(Figures.duration(Duration.ofMillis(999))).isEqualTo("999 ms");
    assertThat(Figures.duration(Duration.ofSeconds(61))).isEqualTo("1 min 1 s");
    assertThat(Figures.duration(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    assertThat(Figures.rate(1_000, Duration.ofMillis(500))).isEqualTo(2_000);
  }

  @Test
  void shouldPrintALineEveryFewSecondsOffATerminal() {
    // given
    Screen screen =
        new Screen(new java.io.ByteArrayInputStream(new byte[0]), out, out, Map.of(), false, false);
    AtomicLong nanos = new AtomicLong();
    try (ProgressMeter meter = new ProgressMeter(screen, "f.csv", "rows", nanos::get)) {
      // when
      nanos.set(4_000_000_000L);
      meter.at(10, 100, 1_000);
      nanos.set(5_000_000_000L);
      meter.at(50, 100, 5_000);
      nanos.set(9_000_000_000L);
      meter.at(90, 100, 9_000);
    }
    // then
    assertThat(text().lines()).containsExactly("f.csv: 50 %, 5,000 rows, 1,000/s, 5.0 s left");
  }
}
