package vellum.core.crypto;

import static vellum.core.record.Bytes.getLong;
import static vellum.core.record.Bytes.putLong;

/**
 * AES-CMAC (RFC 4493) under one key. The last result is in {@link #high} and {@link #low}, so that
 * a call allocates nothing. Not thread-safe.
 */
final class AesCmac {

  private static final int BLOCK = AesBlocks.BYTES;

  /** The padding of a last block, which begins with a one bit, as the first byte of a long. */
  private static final long PAD = 0x8000_0000_0000_0000L;

  private final AesBlocks aes;
  private final byte[] in = new byte[BLOCK];
  private final byte[] out = new byte[BLOCK];
  private final byte[] last = new byte[BLOCK];
  private final long fullHigh;
  private final long fullLow;
  private final long partHigh;
  private final long partLow;
  private long high;
  private long low;

  /** First block of the last MAC of 32 bytes, and what became of it: often the next one's too. */
  private long headFirst;

  private long headSecond;
  private long headHigh;
  private long headLow;

  AesCmac(byte[] key) {
    aes = AesBlocks.encrypting(key);
    encrypt(0, 0);
    headHigh = high;
    headLow = low;
    fullHigh = doubleHigh(high, low);
    fullLow = doubleLow(high, low);
    partHigh = doubleHigh(fullHigh, fullLow);
    partLow = doubleLow(fullHigh, fullLow);
  }

  /** First eight bytes of the last result. */
  long high() {
    return high;
  }

  /** Last eight bytes of the last result. */
  long low() {
    return low;
  }

  /** MAC of any number of bytes. */
  void mac(byte[] data, int offset, int length) {
    int at = offset;
    int left = length;
    long h = 0;
    long l = 0;
    while (left > BLOCK) {
      encrypt(h ^ getLong(data, at), l ^ getLong(data, at + Long.BYTES));
      h = high;
      l = low;
      at += BLOCK;
      left -= BLOCK;
    }
    if (left == BLOCK) {
      encrypt(h ^ fullHigh ^ getLong(data, at), l ^ fullLow ^ getLong(data, at + Long.BYTES));
      return;
    }
    putLong(last, 0, 0);
    putLong(last, Long.BYTES, 0);
    System.arraycopy(data, at, last, 0, left);
    last[left] = (byte) 0x80;
    encrypt(h ^ partHigh ^ getLong(last, 0), l ^ partLow ^ getLong(last, Long.BYTES));
  }

  /** MAC of 16 bytes. */
  void mac16(long first, long second) {
    encrypt(first ^ fullHigh, second ^ fullLow);
  }

  /** MAC of 24 bytes. */
  void mac24(long first, long second, long third) {
    encrypt(first, second);
    encrypt(high ^ third ^ partHigh, low ^ PAD ^ partLow);
  }

  /** MAC of 32 bytes. */
  void mac32(long first, long second, long third, long fourth) {
    if (first != headFirst || second != headSecond) {
      encrypt(first, second);
      headFirst = first;
      headSecond = second;
      headHigh = high;
      headLow = low;
    }
    encrypt(headHigh ^ third ^ fullHigh, headLow ^ fourth ^ fullLow);
  }

  /** First half of a block doubled in GF(2^128), as CMAC and S2V do. */
  static long doubleHigh(long high, long low) {
    return high << 1 | low >>> 63;
  }

  /** Second half of a block doubled in GF(2^128): without a branch, since the block is secret. */
  static long doubleLow(long high, long low) {
    return low << 1 ^ (high >> 63 & 0x87);
  }

  private void encrypt(long first, long second) {
    putLong(in, 0, first);
    putLong(in, Long.BYTES, second);
    aes.apply(in, 0, BLOCK, out, 0);
    high = getLong(out, 0);
    low = getLong(out, Long.BYTES);
  }
}
