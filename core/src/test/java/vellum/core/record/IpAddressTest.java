package vellum.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "::1, 0:0:0:0:0:0:0:1",
    "2001:DB8::8:800:200C:417A, 2001:db8:0:0:8:800:200c:417a",
    "2001:0db8:0000:0000:0008:0800:200c:417a, 2001:db8:0:0:8:800:200c:417a",
    "::ffff:192.0.2.1, 192.0.2.1",
  })
  void shouldHaveOneSpelling(String text, String canonical) {
    assertThat(IpAddress.canonical(text)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "example.org",
        "256.1.1.1",
        "1.2.3",
        "1.2.3.4.5",
        "010.1.1.1",
        "1",
        "::g",
        "1::2::3",
        "fe80::1%eth0",
        "[::1]",
        ".:1",
        "beef",
        "1.2.3.4 ",
        "deadbeef.example:80"
      })
  void shouldTakeLiteralsOnly(String text) {
    assertThat(IpAddress.canonical(text)).isNull();
  }
}
