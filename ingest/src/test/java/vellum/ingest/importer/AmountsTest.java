package vellum.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AmountsTest {

  @ParameterizedTest
  @CsvSource({
    "0.0075, 7500000", "-0.00750, -7500000", "1, 1000000000", "0.000000001, 1",
    "1.0000000000000, 1000000000", "1E-9, 1", "0E+999, 0",
        "9223372036.854775807, 9223372036854775807"
  })
  void shouldMakeExactNanos(String text, long nanos) {
    assertThat(Amounts.nanos(Amounts.decimal(text, "price"), "price")).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0000000001",
        "9223372036.854775808",
        "1E+999999999",
        "1E-999999999",
        "free",
        "",
        "1,5",
        "NaN",
        "0x10",
        "1111111111111111111111111111111111111111111111"
      })
  void shouldRefuseWhatNanosCannotHold(String text) {
    assertThatThrownBy(() -> Amounts.nanos(Amounts.decimal(text, "price"), "price"))
        .isInstanceOf(BadRow.class)
        .hasMessageStartingWith("BAD_AMOUNT in price");
  }

  @Test
  void shouldKnowCurrencies() {
    assertThat(Amounts.currency("usd", "currency")).isEqualTo("USD");
    assertThatThrownBy(() -> Amounts.currency("EURO", "currency")).isInstanceOf(BadRow.class);
    assertThatThrownBy(() -> Amounts.currency("", "currency")).isInstanceOf(BadRow.class);
  }
}
