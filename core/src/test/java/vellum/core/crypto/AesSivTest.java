package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.daead.AesSivKey;
import com.google.crypto.tink.daead.AesSivParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import org.cryptomator.siv.SivMode;
import org.junit.jupiter.api.Test;

final class AesSivTest {

  private static final long SEED = 5297;

  @Test
  void shouldMatchRfc5297DeterministicExample() {
    // given: appendix A.1
    AesSiv siv =
        new AesSiv(Hex.bytes("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0 f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));
    byte[] associated = Hex.bytes("101112131415161718191a1b1c1d1e1f 2021222324252627");
    byte[] plain = Hex.bytes("112233445566778899aabbccddee");
    // when
    byte[] sealed = siv.seal(plain, associated);
    // then
    assertThat(sealed)
        .isEqualTo(Hex.bytes("85632d07c6e8f37f950acd320a2ecc93 40c02b9690c4dc04daef7f6afe5c"));
    assertThat(siv.open(sealed, associated)).isEqualTo(plain);
  }

  @Test
  void shouldMatchRfc5297NonceExample() {
    // given: appendix A.2
    AesSiv siv =
        new AesSiv(Hex.bytes("7f7e7d7c7b7a79787776757473727170 404142434445464748494a4b4c4d4e4f"));
    byte[] first =
        Hex.bytes(
            "00112233445566778899aabbccddeeff deaddadadeaddadaffeeddccbbaa9988",
            "7766554433221100");
    byte[] second = Hex.bytes("102030405060708090a0");
    byte[] nonce = Hex.bytes("09f911029d74e35bd84156c5635688c0");
    byte[] plain =
        Hex.bytes(
            "7468697320697320736f6d6520706c61 696e7465787420746f20656e63727970",
            "74207573696e67205349562d414553");
    // when
    byte[] sealed = siv.seal(plain, first, second, nonce);
    // then
    assertThat(sealed)
        .isEqualTo(
            Hex.bytes(
                "7bdb6e3b432667eb06f4d14bff2fbd0f cb900f2fddbe404326601965c889bf17",
                "dba77ceb094fa663b7a3f748ba8af829 ea64ad544a272e9c485b62a3fd5c0d"));
    assertThat(siv.open(sealed, first, second, nonce)).isEqualTo(plain);
  }

  @Test
  void shouldAgreeWithSivMode() throws Exception {
    // given
    Random random = new Random(SEED);
    SivMode other = new SivMode();
    for (int i = 0; i < 2_000; i++) {
      byte[] key = bytes(random, 32 << random.nextInt(2));
      byte[] plain = bytes(random, random.nextInt(i % 100 == 0 ? 5_000 : 100));
      byte[][] associated = new byte[random.nextInt(4)][];
      for (int a = 0; a < associated.length; a++) {
        associated[a] = bytes(random, random.nextInt(50));
      }
      byte[] macKey = Arrays.copyOf(key, key.length / 2);
      byte[] counterKey = Arrays.copyOfRange(key, key.length / 2, key.length);
      // when
      AesSiv siv = new AesSiv(key);
      byte[] sealed = siv.seal(plain, associated);
      // then
      assertThat(sealed)
          .as("case %d, seed %d", i, SEED)
          .isEqualTo(other.encrypt(counterKey, macKey, plain, associated));
      assertThat(siv.open(sealed, associated)).isEqualTo(plain);
    }
  }

  @Test
  void shouldAgreeWithTink() throws GeneralSecurityException {
    // given
    Random random = new Random(SEED);
    for (int i = 0; i < 300; i++) {
      byte[] key = bytes(random, 64);
      byte[] plain = bytes(random, random.nextInt(300));
      byte[] associated = bytes(random, random.nextInt(50));
      // when
      byte[] sealed = new AesSiv(key).seal(plain, associated);
      // then
      assertThat(sealed)
          .as("case %d, seed %d", i, SEED)
          .isEqualTo(
              com.google.crypto.tink.subtle.AesSiv.create(tinkKey(key))
                  .encryptDeterministically(plain, associated));
    }
  }

  @Test
  void shouldRefuseEveryFlippedBit() {
    // given
    AesSiv siv = new AesSiv(new byte[64]);
    byte[] associated = {1, 2, 3};
    byte[] sealed = siv.seal(new byte[21], associated);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] altered = sealed.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      // when, then
      assertThatThrownBy(() -> siv.open(altered, associated))
          .as("bit %d", bit)
          .isInstanceOf(CryptoException.SealBroken.class);
    }
    assertThatThrownBy(() -> siv.open(sealed, new byte[] {1, 2, 4}))
        .isInstanceOf(CryptoException.SealBroken.class);
    assertThatThrownBy(() -> siv.open(new byte[15], associated))
        .isInstanceOf(CryptoException.SealBroken.class);
  }

  @Test
  void shouldRefuseOtherKeyLengths() {
    assertThatThrownBy(() -> new AesSiv(new byte[40]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("40");
  }

  @Test
  void shouldRefuseMoreStringsThanS2vTakes() {
    AesSiv siv = new AesSiv(new byte[64]);
    byte[] sealed = siv.seal(new byte[1], strings(126));
    assertThat(siv.open(sealed, strings(126))).isEqualTo(new byte[1]);
    assertThatThrownBy(() -> siv.seal(new byte[1], strings(127)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[][] strings(int count) {
    byte[][] strings = new byte[count][];
    Arrays.setAll(strings, i -> new byte[] {(byte) i});
    return strings;
  }

  private static AesSivKey tinkKey(byte[] key) throws GeneralSecurityException {
    return AesSivKey.builder()
        .setParameters(AesSivParameters.builder().setKeySizeBytes(key.length).build())
        .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
        .build();
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
