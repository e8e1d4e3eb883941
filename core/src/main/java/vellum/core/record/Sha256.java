package vellum.core.record;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), which every Java platform has. Stateless. */
public final class Sha256 {

  private Sha256() {}

  /** A digest at its beginning, for one thread. */
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Of some bytes, 64 hexadecimal digits in lower case. */
  public static String hex(byte[] bytes) {
    return end(begin(), bytes, bytes.length);
  }

  /** Of the first bytes of an array, likewise. */
  public static String hex(byte[] bytes, int length) {
    return end(begin(), bytes, length);
  }

  /** Ends a digest, likewise. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String end(MessageDigest digest, byte[] bytes, int length) {
    digest.update(bytes, 0, length);
    return hex(digest);
  }
}
