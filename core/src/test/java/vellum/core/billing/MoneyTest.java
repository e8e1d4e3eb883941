package vellum.core.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MoneyTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0.00",
    "1170000000, 1.17, 1.17",
    "94167320, 0.09416732, 0.09416732",
    "12000000000, 12, 12.00",
    "-12500000000, -12.5, -12.50",
    "-1, -0.000000001, -0.000000001",
    "1200000000000, 1200, 1200.00",
    "170141183460469231731687303715884105727, 170141183460469231731687303715.884105727,"
        + " 170141183460469231731687303715.884105727"
  })
  void shouldWriteExactAmounts(BigInteger nanos, String text, String shown) {
    assertThat(Money.text(nanos)).isEqualTo(text);
    assertThat(Money.shown(nanos)).isEqualTo(shown);
    assertThat(Money.shown(text)).isEqualTo(shown);
  }

  @Test
  void shouldLeaveOutWhatIsNotThere() {
    assertThat(Money.shown("")).isEmpty();
    assertThat(Money.shown("1.170000000")).isEqualTo("1.17");
  }
}
