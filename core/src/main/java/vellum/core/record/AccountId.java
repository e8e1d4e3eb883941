package vellum.core.record;

import java.nio.charset.StandardCharsets;

/**
 * A customer account's id, with the fixed-width hash that stands for it in keys and in the
 * associated data of seals. The hash needs no directory that could be lost: it is the first eight
 * bytes of SHA-256 over the UTF-8 id. Two accounts that share four of them share key prefixes only;
 * the full id is in every row.
 *
 * @param value 1 to 64 bytes of UTF-8
 * @param hash first eight bytes of SHA-256(value), big-endian
 */
public record AccountId(String value, long hash) {

  /** Longest id in bytes of UTF-8. */
  public static final int MAX_BYTES = 64;

  public AccountId {
    if (value.isEmpty() || value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new IllegalArgumentException("account id must have 1 to " + MAX_BYTES + " bytes");
    }
  }

  public static AccountId of(String value) {
    return new AccountId(value, hash(value.getBytes(StandardCharsets.UTF_8)));
  }

  /** The four bytes that stand for the account in keys. */
  public int keyPart() {
    return (int) (hash >>> 32);
  }

  private static long hash(byte[] value) {
    return Bytes.getLong(Sha256.begin().digest(value), 0);
  }

  @Override
  public String toString() {
    return value;
  }
}
