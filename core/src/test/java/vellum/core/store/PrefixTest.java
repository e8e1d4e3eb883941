package vellum.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrefixTest {

  @Test
  void shouldTellRangesWithinOnePrefix() {
    byte[] five = bytes(0, 0, 0, 0, 0, 0, 0, 5);
    assertThat(Prefix.spans(bytes(0, 0, 0, 0, 0, 0, 0, 5, 1), bytes(0, 0, 0, 0, 0, 0, 0, 5, 9)))
        .isTrue();
    assertThat(Prefix.spans(five, bytes(0, 0, 0, 0, 0, 0, 0, 6))).isTrue();
    assertThat(Prefix.spans(bytes(0, 0, 0, 0, 0, 1, 255, 255, 7), bytes(0, 0, 0, 0, 0, 2, 0, 0)))
        .isTrue();
  }

  @Test
  void shouldTellRangesOfSeveral() {
    byte[] five = bytes(0, 0, 0, 0, 0, 0, 0, 5);
    byte[] last = bytes(255, 255, 255, 255, 255, 255, 255, 255);
    assertThat(Prefix.spans(five, bytes(0, 0, 0, 0, 0, 0, 0, 6, 1))).isFalse();
    assertThat(Prefix.spans(five, bytes(0, 0, 0, 0, 0, 0, 0, 7))).isFalse();
    assertThat(Prefix.spans(bytes(0), five)).isFalse();
    assertThat(Prefix.spans(five, bytes(1))).isFalse();
    assertThat(Prefix.spans(last, bytes(0, 0, 0, 0, 0, 0, 0, 0))).isFalse();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
