package vellum.core.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vellum.core.record.Output;
import vellum.core.record.Wire;

final class SumTest {

  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

  @Test
  void shouldReadBackWhatItWroteOverTheWholeRange() {
    // given sums of every length, both signs
    Random random = new Random(4);
    for (int bits = 0; bits < 128; bits++) {
      BigInteger magnitude = new BigInteger(bits, random);
      for (BigInteger value :
          new BigInteger[] {
            magnitude, magnitude.negate(), BigInteger.ONE.shiftLeft(bits).negate()
          }) {
        Sum sum = new Sum();
        sum.add(value);
        Output out = new Output(32);

        // when
        sum.write(out);
        Sum read = new Sum();
        read.addFrom(new Wire().over(out.bytes(), 0, out.size()));

        // then
        assertThat(read.value()).isEqualTo(sum.value()).isEqualTo(value);
        assertThat(out.size()).isEqualTo(Math.max(1, (value.bitLength() + 1 + 6) / 7));
      }
    }
  }

  @Test
  void shouldSubtractExactlyWhatItAdded() {
    // given
    Random random = new Random(5);
    Sum sum = new Sum();
    BigInteger expected = BigInteger.ZERO;
    for (int i = 0; i < 10_000; i++) {
      Sum other = new Sum();
      other.add(new BigInteger(120, random));
      boolean adds = random.nextBoolean();

      // when
      if (adds) {
        sum.add(other);
      } else {
        sum.subtract(other);
      }

      // then
      expected = adds ? expected.add(other.value()) : expected.subtract(other.value());
      assertThat(sum.value()).isEqualTo(wrapped(expected));
    }
  }

  @Test
  void shouldRefuseANumberOfMoreThanNineteenBytes() {
    // given
    byte[] endless = new byte[30];
    Arrays.fill(endless, (byte) 0x80);

    // when, then
    assertThatThrownBy(() -> new Sum().addFrom(new Wire().over(endless, 0, endless.length)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static BigInteger wrapped(BigInteger value) {
    BigInteger low = value.mod(MODULUS);
    return low.testBit(127) ? low.subtract(MODULUS) : low;
  }
}
