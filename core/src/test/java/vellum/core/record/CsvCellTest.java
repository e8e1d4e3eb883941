package vellum.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CsvCellTest {

  @Test
  void shouldQuoteWhatWouldEndACell() {
    assertThat(CsvCell.of("a b;'c")).isEqualTo("a b;'c");
    assertThat(CsvCell.of("a,b")).isEqualTo("\"a,b\"");
    assertThat(CsvCell.of("say \"a\"")).isEqualTo("\"say \"\"a\"\"\"");
    assertThat(CsvCell.of("a\nb")).isEqualTo("\"a\nb\"");
    assertThat(CsvCell.of("a\rb")).isEqualTo("\"a\rb\"");
    assertThat(CsvCell.of("")).isEmpty();
  }
}
