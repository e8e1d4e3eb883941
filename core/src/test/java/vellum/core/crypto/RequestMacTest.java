package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import vellum.core.record.MonthId;

final class RequestMacTest {

  private static final MonthId YEAR = MonthId.parse("2026-01.default-year");

  private static MonthKey key(int filled) {
    byte[] secret = new byte[MonthKey.SECRET_BYTES];
    java.util.Arrays.fill(secret, (byte) filled);
    return new MonthKey(YEAR, "0011223344556677", secret);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void shouldTellRequestsApartUnderOneKeyOnly() {
    RequestMac mac = key(1).newRequestMac();

    byte[] one = mac.mac(bytes("ab"), bytes("c"));

    assertThat(one).hasSize(RequestMac.BYTES).isEqualTo(mac.mac(bytes("ab"), bytes("c")));
    assertThat(one).isNotEqualTo(mac.mac(bytes("a"), bytes("bc")));
    assertThat(one).isNotEqualTo(mac.mac(bytes("abc")));
    assertThat(one).isNotEqualTo(key(2).newRequestMac().mac(bytes("ab"), bytes("c")));
  }

  @Test
  void shouldBeRefusedOnceTheKeyIsDestroyed() {
    MonthKey key = key(1);
    RequestMac mac = key.newRequestMac();

    key.destroy(Instant.EPOCH);

    assertThatThrownBy(() -> mac.mac(bytes("a"))).isInstanceOf(CryptoException.KeyDestroyed.class);
    assertThatThrownBy(key::newRequestMac).isInstanceOf(CryptoException.KeyDestroyed.class);
  }

  @Test
  void shouldBeOfYearsOnly() {
    MonthKey month =
        new MonthKey(
            MonthId.parse("2026-01.default"), "0011223344556677", new byte[MonthKey.SECRET_BYTES]);

    assertThatThrownBy(month::newRequestMac).isInstanceOf(IllegalStateException.class);
  }
}
