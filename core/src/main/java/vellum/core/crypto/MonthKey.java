package vellum.core.crypto;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vellum.core.record.MonthId;

/**
 * The key of one month in memory: the sub-keys of its secret, until it is destroyed. Thread-safe.
 * Zeroing is best effort: the collector may have moved the arrays, and ciphers hold key schedules
 * until they are dropped.
 */
public final class MonthKey {

  /** Bytes of a month's secret. */
  static final int SECRET_BYTES = 32;

  private final MonthId month;
  private final String id;
  private final SubKeys keys;

  /** Null while the key lives; read by every cipher of it before every record. */
  private volatile @Nullable Instant destroyedAt;

  /** Does not keep the secret. */
  MonthKey(MonthId month, String id, byte[] secret) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException(
          "a month's secret has " + SECRET_BYTES + " bytes: " + secret.length);
    }
    this.month = month;
    this.id = id;
    this.keys = SubKeys.of(month, secret);
  }

  public MonthId month() {
    return month;
  }

  /** Random name of the key. Says nothing of the secret, and may be shown. */
  public String id() {
    return id;
  }

  public boolean destroyed() {
    return destroyedAt != null;
  }

  /**
   * A cipher for one thread.
   *
   * @throws CryptoException.KeyDestroyed when the key was destroyed
   */
  public synchronized MonthCipher newCipher() {
    checkAlive();
    return new MonthCipher(this, keys);
  }

  /**
   * What stands for the ids of an archive year's records, for one thread.
   *
   * @throws IllegalStateException when this is no archive year's key
   * @throws CryptoException.KeyDestroyed when the key was destroyed
   */
  public synchronized YearMac newYearMac() {
    requireYear();
    checkAlive();
    return new YearMac(this, keys);
  }

  /**
   * What stands for requests that are remembered, for one thread.
   *
   * @throws IllegalStateException when this is no archive year's key
   * @throws CryptoException.KeyDestroyed when the key was destroyed
   */
  public synchronized RequestMac newRequestMac() {
    requireYear();
    checkAlive();
    return new RequestMac(this, keys);
  }

  /**
   * What seals documents, for one thread.
   *
   * @throws IllegalStateException when this is the key of no case and not the trail's
   * @throws CryptoException.KeyDestroyed when the key was destroyed
   */
  public synchronized DocumentCipher newDocumentCipher() {
    if (!SubKeys.isOfDocuments(month)) {
      throw new IllegalStateException("not the key of a case or of the trail: " + month);
    }
    checkAlive();
    return new DocumentCipher(this, keys);
  }

  private void requireYear() {
    if (month.kind() != MonthId.Kind.YEAR) {
      throw new IllegalStateException("not the key of an archive year: " + month);
    }
  }

  /** Ends the key: its ciphers finish at most the record they are at, and then open nothing. */
  synchronized void destroy(Instant at) {
    if (destroyedAt == null) {
      destroyedAt = at;
      keys.zero();
    }
  }

  void checkAlive() {
    Instant at = destroyedAt;
    if (at != null) {
      throw new CryptoException.KeyDestroyed(month, at);
    }
  }
}
