package vellum.core.crypto;

import static vellum.core.record.Bytes.putLong;

import java.security.MessageDigest;
import vellum.core.record.Sha256;

/**
 * What stands on the disk for a request that is remembered: an AES-CMAC (RFC 4493) under a year's
 * key of the SHA-256 of its bytes. A plain digest would give away what it is of: all of a record
 * but its numbers can be read in clear, and numbers are few enough to be tried. NOT thread-safe.
 * Refused once the key is destroyed.
 */
public final class RequestMac {

  public static final int BYTES = AesBlocks.BYTES;

  private final MonthKey key;
  private final AesCmac mac;

  RequestMac(MonthKey key, SubKeys keys) {
    this.key = key;
    this.mac = new AesCmac(keys.request());
  }

  /**
   * The MAC of some strings of bytes, one behind the other, each with its length in front.
   *
   * @throws CryptoException.KeyDestroyed when the key was destroyed
   */
  public byte[] mac(byte[]... parts) {
    key.checkAlive();
    MessageDigest digest = Sha256.begin();
    byte[] length = new byte[Long.BYTES];
    for (byte[] part : parts) {
      putLong(length, 0, part.length);
      digest.update(length);
      digest.update(part);
    }
    byte[] hash = digest.digest();
    mac.mac(hash, 0, hash.length);
    byte[] result = new byte[BYTES];
    putLong(result, 0, mac.high());
    putLong(result, Long.BYTES, mac.low());
    return result;
  }
}
