package vellum.core.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Identity of a record: a UUID of version 7 (RFC 9562 section 5.7), or of version 8 made from the
 * millisecond and a hash of account and foreign id, so that importing the same file twice gives the
 * same ids. Its first 48 bits are the milliseconds of {@code started_at}, so an id alone finds its
 * month.
 *
 * <pre>
 *   48 bits unix_ts_ms | 4 version | 12 random or hash | 2 variant | 62 random or hash
 * </pre>
 */
public final class RecordId {

  /** Bytes of an id on disk, big-endian. */
  public static final int BYTES = 16;

  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private RecordId() {}

  /** A new random id for a communication that started at {@code millis}. */
  public static UUID random(long millis, RandomGenerator random) {
    return of(millis, 7, random.nextLong(), random.nextLong());
  }

  /** The id of a record that another system knows as {@code foreignId}: always the same one. */
  public static UUID derived(long millis, String account, String foreignId) {
    MessageDigest sha256 = Sha256.begin();
    sha256.update(account.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    byte[] hash = sha256.digest(foreignId.getBytes(StandardCharsets.UTF_8));
    return of(millis, 8, Bytes.getLong(hash, 0), Bytes.getLong(hash, 8));
  }

  /** Milliseconds since the epoch that the id carries. */
  public static long millis(UUID id) {
    return id.getMostSignificantBits() >>> 16;
  }

  /** Whether version and variant are ones that a record may have. */
  public static boolean isValid(long high, long low) {
    int version = (int) (high >>> 12) & 0xF;
    return (version == 7 || version == 8) && (low >>> 62) == 2;
  }

  private static UUID of(long millis, int version, long high, long low) {
    if (millis < 0 || millis >= 1L << 48) {
      throw new IllegalArgumentException("milliseconds must fit 48 bits: " + millis);
    }
    return new UUID(
        millis << 16 | (long) version << 12 | (high & 0xFFF), VARIANT | (low & (-1L >>> 2)));
  }
}
