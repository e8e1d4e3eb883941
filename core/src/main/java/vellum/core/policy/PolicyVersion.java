package vellum.core.policy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import vellum.core.record.Sha256;

/**
 * A policy as it was accepted, for ever. Immutable.
 *
 * @param version 1 for the first, then one more each
 * @param yaml its text
 * @param sha256 of the text in UTF-8, 64 hexadecimal digits in lower case
 * @param by who accepted it, 1 to 200 characters: a role or a case id, no person's address
 * @param reason 1 to 500 characters
 */
public record PolicyVersion(
    int version, String yaml, String sha256, Instant acceptedAt, String by, String reason) {

  private static final int MAX_BY = 200;
  private static final int MAX_REASON = 500;

  public PolicyVersion {
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1: " + version);
    }
    text("by", by, MAX_BY);
    text("reason", reason, MAX_REASON);
    if (!sha256.equals(digest(yaml))) {
      throw new IllegalArgumentException("version " + version + " is not the text of its digest");
    }
  }

  static PolicyVersion of(int version, String yaml, Instant at, String by, String reason) {
    return new PolicyVersion(version, yaml, digest(yaml), at, by, reason);
  }

  /** What the text says; read anew at each call. */
  public RetentionPolicy policy() {
    return RetentionPolicy.parse(yaml);
  }

  private static void text(String field, String text, int max) {
    if (text.isBlank() || text.length() > max || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          field + " must be 1 to " + max + " characters without control characters");
    }
  }

  private static String digest(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }
}
