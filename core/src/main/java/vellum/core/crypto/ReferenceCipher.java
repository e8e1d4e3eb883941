package vellum.core.crypto;

import java.util.Objects;

/**
 * A permutation of 16-byte blocks under the reference key, many blocks a call. Not thread-safe. The
 * input goes through a buffer of its own, because the JDK's cipher copies what it is given in
 * place.
 */
final class ReferenceCipher {

  private static final int CHUNK_BYTES = 256 * AesBlocks.BYTES;

  private final AesBlocks encrypting;
  private final AesBlocks decrypting;
  private final byte[] buffer = new byte[CHUNK_BYTES];

  ReferenceCipher(byte[] key) {
    encrypting = AesBlocks.encrypting(key);
    decrypting = AesBlocks.decrypting(key);
  }

  void encrypt(byte[] blocks, int offset, int count) {
    apply(encrypting, blocks, offset, count);
  }

  void decrypt(byte[] blocks, int offset, int count) {
    apply(decrypting, blocks, offset, count);
  }

  private void apply(AesBlocks aes, byte[] blocks, int offset, int count) {
    int bytes = Math.multiplyExact(count, AesBlocks.BYTES);
    Objects.checkFromIndexSize(offset, bytes, blocks.length);
    for (int done = 0; done < bytes; done += CHUNK_BYTES) {
      int chunk = Math.min(CHUNK_BYTES, bytes - done);
      System.arraycopy(blocks, offset + done, buffer, 0, chunk);
      aes.apply(buffer, 0, chunk, blocks, offset + done);
    }
  }
}
