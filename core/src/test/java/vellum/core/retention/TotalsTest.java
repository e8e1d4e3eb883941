package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vellum.core.billing.Sum;

final class TotalsTest {

  @Test
  void shouldSumExactlyBeyondSixtyFourBits() {
    // given
    Random random = new Random(7);
    Sum sum = new Sum();
    BigInteger expected = BigInteger.ZERO;
    // when
    for (int i = 0; i < 10_000; i++) {
      long value = i % 3 == 0 ? random.nextLong() : i % 3 == 1 ? Long.MAX_VALUE : -i;
      sum.add(value);
      expected = expected.add(BigInteger.valueOf(value));
      assertThat(sum.value()).isEqualTo(expected);
    }
    // then
    Sum copy = new Sum();
    copy.add(expected);
    assertThat(copy).isEqualTo(sum);
  }

  @Test
  void shouldReadWhatItWrote() {
    Totals totals =
        Totals.parse(
            java.util.List.of(
                "\t2\t0\t0\t0\t0\t0\tacct 1",
                "EUR\t0\t5\t-170141183460469231731687303715884105728\t3\t0\t0\tacct 1",
                "\t1\t0\t0\t0\t0\t0\tacct-2"));
    assertThat(totals.records()).isEqualTo(3);
    assertThat(Totals.parse(totals.lines())).isEqualTo(totals);
    assertThat(Totals.parse(totals.lines()).digest()).isEqualTo(totals.digest());
    assertThat(totals.saleNanos("EUR")).isEqualTo(BigInteger.ONE.shiftLeft(127).negate());
  }

  @Test
  void shouldTellTotalsApartThatDifferByOneNano() {
    Totals one = Totals.parse(java.util.List.of("EUR\t0\t5\t7\t3\t0\t0\ta"));
    Totals other = Totals.parse(java.util.List.of("EUR\t0\t5\t8\t3\t0\t0\ta"));
    assertThat(one).isNotEqualTo(other);
    assertThat(one.digest()).isNotEqualTo(other.digest());
  }
}
