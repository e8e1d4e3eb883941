package vellum.core.crypto;

import static vellum.core.record.Bytes.getLong;
import static vellum.core.record.Bytes.putLong;

import java.util.Arrays;

/**
 * AES-SIV (RFC 5297) over any number of associated strings: the plain reading of the standard, for
 * what is not sealed by the million, and the measure that {@link MonthCipher} is tested against.
 * Not thread-safe.
 *
 * <pre>
 *    0  16  V: the synthetic IV, which is also the tag
 *   16   n  C: as long as the plain text
 * </pre>
 */
final class AesSiv {

  /** Bytes that a sealed value has more than the plain one. */
  static final int OVERHEAD = AesBlocks.BYTES;

  /** RFC 5297 section 2.6: S2V takes 127 strings, of which the plain text is one. */
  private static final int MAX_ASSOCIATED = 126;

  private static final int BLOCK = AesBlocks.BYTES;

  private final AesCmac cmac;
  private final AesCounter counter;

  /** Takes a key of 32, 48 or 64 bytes: the MAC's half, then the counter's. */
  AesSiv(byte[] key) {
    if (key.length != 32 && key.length != 48 && key.length != 64) {
      throw new IllegalArgumentException("key must have 32, 48 or 64 bytes: " + key.length);
    }
    int half = key.length / 2;
    cmac = new AesCmac(Arrays.copyOfRange(key, 0, half));
    counter = new AesCounter(Arrays.copyOfRange(key, half, key.length));
  }

  byte[] seal(byte[] plain, byte[]... associated) {
    s2v(plain, associated);
    long high = cmac.high();
    long low = cmac.low();
    byte[] sealed = new byte[OVERHEAD + plain.length];
    putLong(sealed, 0, high);
    putLong(sealed, Long.BYTES, low);
    counter.start(high, low);
    counter.apply(plain, 0, plain.length, sealed, OVERHEAD);
    return sealed;
  }

  byte[] open(byte[] sealed, byte[]... associated) {
    if (sealed.length < OVERHEAD) {
      throw new CryptoException.SealBroken();
    }
    long high = getLong(sealed, 0);
    long low = getLong(sealed, Long.BYTES);
    byte[] plain = new byte[sealed.length - OVERHEAD];
    counter.start(high, low);
    counter.apply(sealed, OVERHEAD, plain.length, plain, 0);
    s2v(plain, associated);
    if (((cmac.high() ^ high) | (cmac.low() ^ low)) != 0) {
      Arrays.fill(plain, (byte) 0);
      throw new CryptoException.SealBroken();
    }
    return plain;
  }

  /** Leaves S2V of the strings in the MAC. */
  private void s2v(byte[] plain, byte[]... associated) {
    if (associated.length > MAX_ASSOCIATED) {
      throw new IllegalArgumentException(
          "at most " + MAX_ASSOCIATED + " associated strings: " + associated.length);
    }
    cmac.mac(new byte[BLOCK], 0, BLOCK);
    long high = cmac.high();
    long low = cmac.low();
    for (byte[] string : associated) {
      long next = AesCmac.doubleHigh(high, low);
      low = AesCmac.doubleLow(high, low);
      cmac.mac(string, 0, string.length);
      high = next ^ cmac.high();
      low ^= cmac.low();
    }
    byte[] last = plain.length >= BLOCK ? plain.clone() : Arrays.copyOf(plain, BLOCK);
    if (plain.length < BLOCK) {
      last[plain.length] = (byte) 0x80;
      long next = AesCmac.doubleHigh(high, low);
      low = AesCmac.doubleLow(high, low);
      high = next;
    }
    int end = last.length - BLOCK;
    putLong(last, end, getLong(last, end) ^ high);
    putLong(last, end + Long.BYTES, getLong(last, end + Long.BYTES) ^ low);
    cmac.mac(last, 0, last.length);
    Arrays.fill(last, (byte) 0);
  }
}
