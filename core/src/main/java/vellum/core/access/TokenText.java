package vellum.core.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import vellum.core.record.Sha256;

/**
 * How a token looks: {@code vellum_} and 256 random bits in base64url, so that whoever finds one in
 * a log or a repository sees what it is. Stateless.
 */
public final class TokenText {

  /** With which every token begins. */
  public static final String PREFIX = "vellum_";

  private static final int SECRET_BYTES = 32;

  private TokenText() {}

  /** A new one. */
  public static String make(SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** What is kept of it: SHA-256. The secret is random and long, so it needs no slow hash. */
  static byte[] hash(String token) {
    return Sha256.begin().digest(token.getBytes(StandardCharsets.UTF_8));
  }
}
