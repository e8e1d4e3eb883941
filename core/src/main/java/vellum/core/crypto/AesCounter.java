package vellum.core.crypto;

import static vellum.core.record.Bytes.getLong;
import static vellum.core.record.Bytes.putLong;

/**
 * The counter mode of RFC 5297 under one key: the counter starts at the synthetic IV with its bits
 * 31 and 63 (from the right) cleared, so that the addition never leaves the last 64 bits. Keystream
 * is made 64 blocks a call. Not thread-safe.
 */
final class AesCounter {

  private static final int BLOCK = AesBlocks.BYTES;
  private static final int CHUNK_BYTES = 64 * BLOCK;
  private static final long CLEARED = 0x7FFF_FFFF_7FFF_FFFFL;

  private final AesBlocks aes;
  private final byte[] counters = new byte[CHUNK_BYTES];
  private final byte[] stream = new byte[CHUNK_BYTES];
  private long high;
  private long counter;

  AesCounter(byte[] key) {
    aes = AesBlocks.encrypting(key);
  }

  /** Sets the synthetic IV of the next {@link #apply}. */
  void start(long ivHigh, long ivLow) {
    high = ivHigh;
    counter = ivLow & CLEARED;
  }

  /** Encrypts or decrypts a whole message. The arrays may be the same. */
  void apply(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    for (int done = 0; done < length; done += CHUNK_BYTES) {
      int chunk = Math.min(CHUNK_BYTES, length - done);
      fill(chunk);
      xor(in, inOffset + done, chunk, out, outOffset + done);
    }
  }

  private void fill(int bytes) {
    int end = (bytes + BLOCK - 1) / BLOCK * BLOCK;
    for (int at = 0; at < end; at += BLOCK) {
      putLong(counters, at, high);
      putLong(counters, at + Long.BYTES, counter++);
    }
    aes.apply(counters, 0, end, stream, 0);
  }

  private void xor(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    int at = 0;
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      putLong(out, outOffset + at, getLong(in, inOffset + at) ^ getLong(stream, at));
    }
    for (; at < length; at++) {
      out[outOffset + at] = (byte) (in[inOffset + at] ^ stream[at]);
    }
  }
}
