package vellum.core.audit;

/**
 * An entry that only some may read: about a hold whose existence is secret. That there is one, when
 * it was written, and its hash, anybody sees who reads the trail.
 *
 * @param key name of the key that opens the body, 1 to 64 characters; says nothing of the hold
 * @param body an entry's line, sealed by the caller; 1 to 4,096 bytes
 */
public record SealedDraft(String key, byte[] body) implements Content {

  private static final int MOST_BYTES = 4096;

  public SealedDraft {
    AuditText.require("key", key, 1, 64);
    if (body.length < 1 || body.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a sealed body has 1 to " + MOST_BYTES + " bytes: " + body.length);
    }
  }
}
