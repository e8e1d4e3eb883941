package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.record.Bytes.getLong;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.record.MonthId;

final class YearMacTest {

  private static final MonthId YEAR = RingFixture.NOVEMBER.year();
  private static final long SEED = 8;

  @TempDir Path directory;

  @Test
  void shouldBeTheCmacOfAccountAndId() {
    // given
    Random random = new Random(SEED);
    byte[] secret = new byte[MonthKey.SECRET_BYTES];
    random.nextBytes(secret);
    YearMac mac = new MonthKey(YEAR, "id", secret).newYearMac();
    byte[] message = new byte[32];
    random.nextBytes(message);
    // when
    long value = mac.mac(Arrays.copyOf(message, 16), getLong(message, 16), getLong(message, 24));
    // then
    CMac other = new CMac(AESEngine.newInstance());
    other.init(new KeyParameter(SubKeys.of(YEAR, secret).archiveId()));
    other.update(message, 0, message.length);
    byte[] expected = new byte[16];
    other.doFinal(expected, 0);
    assertThat(value).isEqualTo(getLong(expected, 0));
  }

  @Test
  void shouldDifferByYearAccountAndId() {
    KeyRing ring = new RingFixture(directory).open();
    byte[] account = new byte[16];
    byte[] other = new byte[16];
    other[15] = 1;
    YearMac mac = ring.key(YEAR).newYearMac();
    long value = mac.mac(account, 1, 2);
    assertThat(ring.key(YEAR).newYearMac().mac(account, 1, 2)).isEqualTo(value);
    assertThat(mac.mac(other, 1, 2)).isNotEqualTo(value);
    assertThat(mac.mac(account, 1, 3)).isNotEqualTo(value);
    YearMac next = ring.key(MonthId.parse("2027-01.default-year")).newYearMac();
    assertThat(next.mac(account, 1, 2)).isNotEqualTo(value);
  }

  @Test
  void shouldEndWithItsYear() {
    // given
    KeyRing ring = new RingFixture(directory).open();
    MonthKey key = ring.key(YEAR);
    YearMac mac = key.newYearMac();
    // when
    ring.destroy(YEAR, RingFixture.LATER);
    // then
    assertThatThrownBy(() -> mac.mac(new byte[16], 1, 2))
        .isInstanceOf(CryptoException.KeyDestroyed.class);
    assertThatThrownBy(key::newYearMac).isInstanceOf(CryptoException.KeyDestroyed.class);
  }

  @Test
  void shouldBeOfYearsOnly() {
    KeyRing ring = new RingFixture(directory).open();
    assertThatThrownBy(() -> ring.key(RingFixture.NOVEMBER).newYearMac())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2026-11.default");
  }
}
