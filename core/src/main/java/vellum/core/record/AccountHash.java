package vellum.core.record;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * SHA-256 of an account's id, for the MACs of archived years and, of its first eight bytes, for
 * seals. Remembers the last one: rows in key order have runs of one account. Not thread-safe;
 * allocates nothing per call.
 */
public final class AccountHash {

  private static final int HASH_BYTES = 32;

  private final MessageDigest sha256 = Sha256.begin();
  private final byte[] account = new byte[AccountId.MAX_BYTES];
  private final byte[] hash = new byte[HASH_BYTES];
  private int length = -1;

  /** The hash of an account's id in UTF-8; valid until the next call. */
  public byte[] of(byte[] bytes, int offset, int count) {
    if (count != length || !Arrays.equals(bytes, offset, offset + count, account, 0, count)) {
      System.arraycopy(bytes, offset, account, 0, count);
      length = count;
      digest();
    }
    return hash;
  }

  /** The {@linkplain AccountId#hash hash} of the account with an id in UTF-8. */
  public long idHash(byte[] bytes, int offset, int count) {
    return Bytes.getLong(of(bytes, offset, count), 0);
  }

  /** The hash of an account; valid until the next call. */
  public byte[] of(AccountId id) {
    byte[] bytes = id.value().getBytes(StandardCharsets.UTF_8);
    return of(bytes, 0, bytes.length);
  }

  private void digest() {
    try {
      sha256.update(account, 0, length);
      sha256.digest(hash, 0, HASH_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("a hash of SHA-256 has " + HASH_BYTES + " bytes", e);
    }
  }
}
