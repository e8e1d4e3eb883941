package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.record.Bytes.getLong;
import static vellum.core.record.Bytes.putLong;

import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AesCmacTest {

  private static final long SEED = 4493;

  /** RFC 4493 section 4, whose messages are the beginnings of one. */
  @ParameterizedTest
  @CsvSource({
    "0, bb1d6929e95937287fa37d129b756746",
    "16, 070a16b46b4d4144f79bdd9dd04a287c",
    "40, dfa66747de9ae63030ca32611497c827",
    "64, 51f0bebf7e3b9d92fc49741779363cfe"
  })
  void shouldMatchRfc4493(int length, String expected) {
    // given
    byte[] message =
        Hex.bytes(
            "6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51",
            "30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710");
    AesCmac cmac = new AesCmac(Hex.bytes("2b7e151628aed2a6abf7158809cf4f3c"));
    // when
    cmac.mac(message, 0, length);
    // then
    assertThat(Hex.text(result(cmac))).isEqualTo(expected);
  }

  @Test
  void shouldAgreeWithAnotherImplementation() {
    // given
    Random random = new Random(SEED);
    byte[] key = new byte[32];
    random.nextBytes(key);
    AesCmac cmac = new AesCmac(key);
    for (int length = 0; length < 200; length++) {
      byte[] message = new byte[length + 3];
      random.nextBytes(message);
      // when
      cmac.mac(message, 3, length);
      // then
      assertThat(result(cmac))
          .as("length %d, seed %d", length, SEED)
          .isEqualTo(bouncyCastle(key, Arrays.copyOfRange(message, 3, message.length)));
    }
  }

  @Test
  void shouldGiveTheSameForShortForms() {
    // given
    Random random = new Random(SEED);
    byte[] key = new byte[32];
    byte[] message = new byte[24];
    AesCmac cmac = new AesCmac(key);
    for (int i = 0; i < 100; i++) {
      random.nextBytes(message);
      // when
      cmac.mac16(getLong(message, 0), getLong(message, 8));
      byte[] of16 = result(cmac);
      cmac.mac24(getLong(message, 0), getLong(message, 8), getLong(message, 16));
      byte[] of24 = result(cmac);
      // then
      assertThat(of16).isEqualTo(bouncyCastle(key, Arrays.copyOf(message, 16)));
      assertThat(of24).isEqualTo(bouncyCastle(key, message));
    }
  }

  private static byte[] result(AesCmac cmac) {
    byte[] mac = new byte[16];
    putLong(mac, 0, cmac.high());
    putLong(mac, 8, cmac.low());
    return mac;
  }

  private static byte[] bouncyCastle(byte[] key, byte[] message) {
    CMac mac = new CMac(AESEngine.newInstance());
    mac.init(new KeyParameter(key));
    mac.update(message, 0, message.length);
    byte[] out = new byte[16];
    mac.doFinal(out, 0);
    return out;
  }
}
