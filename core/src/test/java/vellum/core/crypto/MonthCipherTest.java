package vellum.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vellum.core.record.IdentityClass;
import vellum.core.record.MonthId;

final class MonthCipherTest {

  private static final long SEED = 2026_11;
  private static final MonthId MONTH = MonthId.parse("2026-11.default");
  private static final byte[] SECRET = secret(1);
  private static final long ACCOUNT = 0x1122_3344_5566_7788L;
  private static final long ID_HIGH = 0x0193_0000_0000_7abcL;
  private static final long ID_LOW = 0x8000_0000_0000_0001L;
  private static final byte[] NUMBER = "+4915112345678".getBytes(StandardCharsets.US_ASCII);

  private final MonthKey key = new MonthKey(MONTH, "k", SECRET);
  private final MonthCipher cipher = key.newCipher();

  @Test
  void shouldNotOpenAnotherMonthsSeals() {
    // given: the same secret, even
    MonthCipher other = new MonthKey(MonthId.parse("2026-12.default"), "k", SECRET).newCipher();
    cipher.record(ACCOUNT, ID_HIGH, ID_LOW);
    other.record(ACCOUNT, ID_HIGH, ID_LOW);
    byte[] sealed = seal(IdentityClass.TEL, 7, NUMBER);
    // when, then
    assertThatThrownBy(
            () -> other.open(IdentityClass.TEL, 7, sealed, 0, sealed.length, new byte[99], 0))
        .isInstanceOf(CryptoException.SealBroken.class);
    assertThat(pseudonym(other, IdentityClass.TEL, NUMBER))
        .isNotEqualTo(pseudonym(cipher, IdentityClass.TEL, NUMBER));
  }

  @Test
  void shouldMakePseudonymsOfClassAndValue() {
    // given
    AesCmac index = new AesCmac(SubKeys.of(MONTH, SECRET).index());
    byte[] input = new byte[1 + NUMBER.length];
    input[0] = IdentityClass.TEL.id();
    System.arraycopy(NUMBER, 0, input, 1, NUMBER.length);
    index.mac(input, 0, input.length);
    // then
    byte[] tel = pseudonym(cipher, IdentityClass.TEL, NUMBER);
    assertThat(ByteBuffer.wrap(tel).getLong(0)).isEqualTo(index.high());
    assertThat(ByteBuffer.wrap(tel).getLong(8)).isEqualTo(index.low());
    assertThat(pseudonym(cipher, IdentityClass.OTHER, NUMBER)).isNotEqualTo(tel);
    assertThat(pseudonym(key.newCipher(), IdentityClass.TEL, NUMBER)).isEqualTo(tel);
  }

  @Test
  void shouldMaskAndUnmask() {
    // given
    Random random = new Random(SEED);
    for (int count = 0; count <= MonthCipher.MAX_MASKED; count++) {
      byte[] values = new byte[count * 8 + 10];
      random.nextBytes(values);
      byte[] before = values.clone();
      // when
      cipher.mask(ID_HIGH, ID_LOW, values, 5, count);
      byte[] masked = values.clone();
      cipher.mask(ID_HIGH, ID_LOW, values, 5, count);
      // then
      assertThat(values).isEqualTo(before);
      for (int i = 0; i < count; i++) {
        assertThat(Arrays.copyOfRange(masked, 5 + i * 8, 13 + i * 8))
            .isNotEqualTo(Arrays.copyOfRange(before, 5 + i * 8, 13 + i * 8));
      }
      assertThat(Arrays.copyOf(masked, 5)).isEqualTo(Arrays.copyOf(before, 5));
      assertThat(Arrays.copyOfRange(masked, 5 + count * 8, masked.length))
          .isEqualTo(Arrays.copyOfRange(before, 5 + count * 8, masked.length));
    }
  }

  @Test
  void shouldMaskEveryValueOfEveryRecordOtherwise() {
    // given: 32 equal values in each of 50 records
    Set<Long> seen = new HashSet<>();
    for (long low = 0; low < 50; low++) {
      byte[] values = new byte[32 * 8];
      // when
      cipher.mask(ID_HIGH, low, values, 0, 32);
      // then
      ByteBuffer pads = ByteBuffer.wrap(values);
      while (pads.hasRemaining()) {
        assertThat(seen.add(pads.getLong())).isTrue();
      }
    }
    assertThatThrownBy(() -> cipher.mask(ID_HIGH, 0, new byte[500], 0, 33))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("33");
  }

  @Test
  void shouldEncryptReferencesBlockByBlock() {
    // given
    Random random = new Random(SEED);
    byte[] blocks = new byte[600 * 16 + 4];
    random.nextBytes(blocks);
    byte[] before = blocks.clone();
    // when
    cipher.encryptReferences(blocks, 4, 600);
    // then
    byte[] one = Arrays.copyOfRange(before, 4 + 333 * 16, 20 + 333 * 16);
    cipher.encryptReferences(one, 0, 1);
    assertThat(one)
        .isEqualTo(Arrays.copyOfRange(blocks, 4 + 333 * 16, 20 + 333 * 16))
        .isNotEqualTo(Arrays.copyOfRange(before, 4 + 333 * 16, 20 + 333 * 16));
    cipher.decryptReferences(blocks, 4, 600);
    assertThat(blocks).isEqualTo(before);
    cipher.encryptReferences(blocks, 0, 0);
    assertThat(blocks).isEqualTo(before);
    assertThatThrownBy(() -> cipher.encryptReferences(blocks, 5, 600))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shouldWriteWhatItHasAlwaysWritten() {
    // given: bytes on disks, pinned; computed by another program from the layouts alone
    byte[] secret = new byte[MonthKey.SECRET_BYTES];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) i;
    }
    MonthCipher golden = new MonthKey(MONTH, "k", secret).newCipher();
    golden.record(ACCOUNT, ID_HIGH, ID_LOW);
    byte[] pad = new byte[24];
    byte[] reference = new byte[16];
    byte[] sealed = new byte[32];
    // when
    golden.seal(IdentityClass.TEL, 0x0102, NUMBER, 0, NUMBER.length, sealed, 0);
    golden.mask(ID_HIGH, ID_LOW, pad, 0, 3);
    golden.encryptReferences(reference, 0, 1);
    // then
    assertThat(Hex.text(sealed))
        .isEqualTo("71abeeb6fa51b801515f63764ed34b1acf58871fb1778389be7c8d3c306e8739");
    assertThat(Hex.text(pseudonym(golden, IdentityClass.TEL, NUMBER)))
        .isEqualTo("822073f6f0e36ff99156892e418764ca");
    assertThat(Hex.text(pad)).isEqualTo("a033c4fcd58c5a0d785d2e705049f2d81baaddfd712f3f17");
    assertThat(Hex.text(reference)).isEqualTo("334e9cb2f4c2c7798619a62e01512162");
  }

  @Test
  void shouldRefuseEverythingOnceTheKeyIsDestroyed() {
    // given
    cipher.record(ACCOUNT, ID_HIGH, ID_LOW);
    byte[] sealed = seal(IdentityClass.TEL, 7, NUMBER);
    byte[] buffer = new byte[99];
    // when
    key.destroy(Instant.parse("2027-12-01T00:00:00Z"));
    // then
    assertThat(key.destroyed()).isTrue();
    assertDestroyed(key::newCipher);
    assertDestroyed(() -> cipher.record(ACCOUNT, ID_HIGH, ID_LOW));
    assertDestroyed(() -> open(IdentityClass.TEL, 7, sealed));
    assertDestroyed(() -> pseudonym(cipher, IdentityClass.TEL, NUMBER));
    assertDestroyed(() -> cipher.mask(ID_HIGH, ID_LOW, buffer, 0, 1));
    assertDestroyed(() -> cipher.encryptReferences(buffer, 0, 1));
    assertDestroyed(() -> cipher.decryptReferences(buffer, 0, 1));
  }

  @Test
  void shouldAllocateNothing() {
    // given
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    byte[] sealed = new byte[2048];
    byte[] buffer = new byte[64 * 16];
    byte[] text = new byte[300];
    work(sealed, buffer, text);
    long least = Long.MAX_VALUE;
    // when: the least of some rounds, since the measuring itself may allocate
    for (int round = 0; round < 5; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 1_000; i++) {
        work(sealed, buffer, text);
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    // then: not even a byte a call
    assertThat(least).isLessThan(1_000);
  }

  private void work(byte[] sealed, byte[] buffer, byte[] text) {
    cipher.record(ACCOUNT, ID_HIGH, ID_LOW);
    int length = cipher.seal(IdentityClass.TEL, 7, NUMBER, 0, NUMBER.length, sealed, 0);
    cipher.open(IdentityClass.TEL, 7, sealed, 0, length, buffer, 0);
    length = cipher.seal(IdentityClass.TEXT, 9, text, 0, text.length, sealed, 0);
    cipher.open(IdentityClass.TEXT, 9, sealed, 0, length, buffer, 0);
    cipher.pseudonym(IdentityClass.TEL, NUMBER, 0, NUMBER.length, buffer, 0);
    cipher.mask(ID_HIGH, ID_LOW, buffer, 0, 4);
    cipher.encryptReferences(buffer, 0, 64);
    cipher.decryptReferences(buffer, 0, 64);
  }

  private static void assertDestroyed(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(CryptoException.KeyDestroyed.class)
        .hasMessageContaining("2026-11.default")
        .hasMessageContaining("2027-12-01T00:00:00Z");
  }

  private byte[] seal(IdentityClass c, int field, byte[] plain) {
    byte[] out = new byte[MonthCipher.sealedLength(c, plain.length)];
    cipher.seal(c, field, plain, 0, plain.length, out, 0);
    return out;
  }

  private byte[] open(IdentityClass c, int field, byte[] sealed) {
    byte[] out = new byte[1024];
    int length = cipher.open(c, field, sealed, 0, sealed.length, out, 0);
    return Arrays.copyOf(out, length);
  }

  private static byte[] pseudonym(MonthCipher cipher, IdentityClass c, byte[] value) {
    byte[] out = new byte[16];
    cipher.pseudonym(c, value, 0, value.length, out, 0);
    return out;
  }

  private static byte[] secret(int seed) {
    byte[] secret = new byte[MonthKey.SECRET_BYTES];
    new Random(seed).nextBytes(secret);
    return secret;
  }
}
