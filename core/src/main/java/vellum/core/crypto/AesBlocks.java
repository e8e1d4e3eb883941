package vellum.core.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES under one key and in one direction, block by block: the only primitive that everything else
 * here is built from. Not thread-safe.
 *
 * <p>The JDK's cipher is initialised once, because an initialisation costs more than the blocks of
 * a short value. Its AES/CTR is not used: two of its intrinsics gave wrong output for short input
 * or read out of bounds (JDK-8292158, JDK-8330611). SunJCE is asked for by name, as the provider
 * whose AES is done by the processor.
 */
final class AesBlocks {

  static final int BYTES = 16;

  private final Cipher cipher;

  private AesBlocks(int direction, byte[] key) {
    this.cipher = cipher(direction, key);
  }

  /** Encrypts under a key of 16, 24 or 32 bytes, which is copied. */
  static AesBlocks encrypting(byte[] key) {
    return new AesBlocks(Cipher.ENCRYPT_MODE, key);
  }

  /** Decrypts under a key of 16, 24 or 32 bytes, which is copied. */
  static AesBlocks decrypting(byte[] key) {
    return new AesBlocks(Cipher.DECRYPT_MODE, key);
  }

  /** ECB over whole blocks. The arrays must not be the same: the JDK would copy the input. */
  void apply(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    try {
      int written = cipher.update(in, inOffset, length, out, outOffset);
      if (written != length) {
        throw new IllegalArgumentException("not a multiple of " + BYTES + " bytes: " + length);
      }
    } catch (ShortBufferException e) {
      throw new IndexOutOfBoundsException("no room for " + length + " bytes at " + outOffset);
    }
  }

  /** ECB is what CMAC, CTR and SIV are made of; nothing is left in this mode but single blocks. */
  @SuppressWarnings("InsecureCryptoUsage")
  private static Cipher cipher(int direction, byte[] key) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding", "SunJCE");
      cipher.init(direction, new SecretKeySpec(key, "AES"));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no AES/ECB/NoPadding of SunJCE", e);
    }
  }
}
