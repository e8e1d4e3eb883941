package vellum.core.crypto;

import static vellum.core.record.Bytes.getLong;

import java.util.Objects;

/**
 * What stands for a record's id in its archive year: the first eight bytes of an AES-CMAC (RFC
 * 4493) under the year's key, over
 *
 * <pre>
 *    0  16  account: first bytes of SHA-256 of its id
 *   16  16  record_id
 *   32
 * </pre>
 *
 * so that a later message still finds its record, and nobody without the key can join the archive
 * with a list of ids. NOT thread-safe; allocates nothing per call. Refused once the key is
 * destroyed.
 */
public final class YearMac {

  /** Bytes of the account's hash. */
  public static final int ACCOUNT_HASH_BYTES = 16;

  private final MonthKey key;
  private final AesCmac mac;

  YearMac(MonthKey key, SubKeys keys) {
    this.key = key;
    this.mac = new AesCmac(keys.archiveId());
  }

  /**
   * The MAC of a record.
   *
   * @param accountHash whose first {@link #ACCOUNT_HASH_BYTES} are read
   * @throws CryptoException.KeyDestroyed when the key was destroyed
   */
  public long mac(byte[] accountHash, long idHigh, long idLow) {
    key.checkAlive();
    Objects.checkFromIndexSize(0, ACCOUNT_HASH_BYTES, accountHash.length);
    mac.mac32(getLong(accountHash, 0), getLong(accountHash, Long.BYTES), idHigh, idLow);
    return mac.high();
  }
}
