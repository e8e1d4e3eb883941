package vellum.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValuesFileTest {

  @TempDir private Path directory;

  private ValueSet read(String text) throws IOException {
    return ValuesFile.read(Files.writeString(directory.resolve("v"), text));
  }

  @Test
  void shouldReadNumbersInAnySpellingAndOtherTexts() throws IOException {
    ValueSet values =
        read("# of a test\n+49 (170) 123-45.67\n\n491701234567\r\nAnna@mail.example\nDE.1a2b3c\n");
    assertThat(values.size()).isEqualTo(3);
    assertThat(values.numbers()).isEqualTo(1);
    assertThat(values.digits().line(1_491701234567L)).isEqualTo(2);
    assertThat(values.reversed().line(1_765432107194L)).isEqualTo(2);
  }

  @Test
  void shouldNameTheLineAndNeverTheValue() {
    for (String bad : new String[] {"123456", "abcde", "x".repeat(255), "ä".repeat(128), "+"}) {
      assertThatThrownBy(() -> read("491701234567\n" + bad + "\n"))
          .as(bad)
          .isInstanceOf(ScanException.BadValues.class)
          .hasMessageContaining("line 2")
          .hasMessageContaining("7 to 18 digits")
          .hasMessageNotContaining("abcde")
          .hasMessageNotContaining("123456");
    }
    assertThatThrownBy(() -> read("# nothing\n")).hasMessageContaining("no values");
    Path binary = directory.resolve("b");
    assertThatThrownBy(
            () ->
                ValuesFile.read(
                    Files.write(binary, "\u00e9".getBytes(StandardCharsets.ISO_8859_1))))
        .isInstanceOf(ScanException.BadValues.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void shouldTakeAMillionValuesAndNoMore() throws IOException {
    // given
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ValueSet.MOST_VALUES; i++) {
      text.append("4917").append(10_000_000 + i).append('\n');
    }
    // when, then
    assertThat(read(text.toString()).size()).isEqualTo(ValueSet.MOST_VALUES);
    text.append("48501234567\n");
    assertThatThrownBy(() -> read(text.toString())).hasMessageContaining("more than 1000000");
  }
}
