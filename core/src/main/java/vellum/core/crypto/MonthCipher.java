package vellum.core.crypto;

import static vellum.core.record.Bytes.getLong;
import static vellum.core.record.Bytes.putLong;

import java.util.Arrays;
import java.util.Objects;
import vellum.core.record.IdentityClass;

/**
 * Everything that is done under one month's keys, for one thread: sealing and opening identities,
 * making and masking pseudonyms, hiding references. NOT thread-safe; allocates nothing per call.
 * Every operation is refused once the key is destroyed; a refused cipher is of no use and must be
 * dropped, since it still holds key schedules.
 *
 * <p>A seal is AES-SIV (RFC 5297) with two associated strings:
 *
 * <pre>
 *   first, a constant of the place      second, the record
 *     0   u8  format = 1                  0  u64  account's hash
 *     1   u8  identity class              8  16   record_id
 *     2  u16  field path number
 *     4   12  zero
 * </pre>
 *
 * so that equal numbers in two records, or in two fields of one, do not look equal on disk, and no
 * sealed value can be moved. What S2V makes of the constant is kept per place, the MAC of the
 * second string per record; a short identity then costs two AES blocks.
 */
public final class MonthCipher {

  /** Longest plain text, and longest canonical form of an identity. */
  public static final int MAX_PLAIN_BYTES = 1000;

  /** Bytes that a sealed value has more than the padded plain text. */
  public static final int SEAL_OVERHEAD = AesSiv.OVERHEAD;

  public static final int PSEUDONYM_BYTES = AesBlocks.BYTES;

  /** Most values that {@link #mask} takes: two for each of the 16 blocks of a record. */
  public static final int MAX_MASKED = 32;

  private static final int FORMAT = 1;
  private static final int BLOCK = AesBlocks.BYTES;

  private final MonthKey key;
  private final AesCmac sealMac;
  private final AesCounter sealCounter;
  private final Places places;
  private final AesCmac index;
  private final AesBlocks mask;
  private final ReferenceCipher references;
  private final byte[] text = new byte[Padding.MAX_PADDED_BYTES];
  private final byte[] maskIn = new byte[MAX_MASKED * Long.BYTES];
  private final byte[] maskPad = new byte[MAX_MASKED * Long.BYTES];

  private boolean started;
  private boolean recordKnown;
  private long account;
  private long idHigh;
  private long idLow;
  private long recordHigh;
  private long recordLow;

  MonthCipher(MonthKey key, SubKeys keys) {
    this.key = key;
    sealMac = new AesCmac(Arrays.copyOfRange(keys.seal(), 0, 32));
    sealCounter = new AesCounter(Arrays.copyOfRange(keys.seal(), 32, 64));
    places = new Places(FORMAT, sealMac);
    index = new AesCmac(keys.index());
    mask = AesBlocks.encrypting(keys.mask());
    references = new ReferenceCipher(keys.reference());
  }

  /** Starts a record: what is sealed or opened from here on belongs to it. */
  public void record(long accountHash, long idHigh, long idLow) {
    key.checkAlive();
    this.account = accountHash;
    this.idHigh = idHigh;
    this.idLow = idLow;
    started = true;
    recordKnown = false;
  }

  /** Bytes of the sealed form of {@code plainLength} bytes. */
  public static int sealedLength(IdentityClass c, int plainLength) {
    return SEAL_OVERHEAD + Padding.paddedLength(c, plainLength);
  }

  /**
   * Seals a value of the record that was started.
   *
   * @param field path number of the field, 0 to 65,535
   * @return bytes written: {@link #sealedLength}
   */
  public int seal(
      IdentityClass c, int field, byte[] plain, int off, int len, byte[] out, int outOff) {
    int padded = Padding.paddedLength(c, len);
    Objects.checkFromIndexSize(outOff, SEAL_OVERHEAD + padded, out.length);
    System.arraycopy(plain, off, text, 0, len);
    Padding.pad(text, len, padded);
    synthesize(c, field, padded);
    long high = sealMac.high();
    long low = sealMac.low();
    putLong(out, outOff, high);
    putLong(out, outOff + Long.BYTES, low);
    sealCounter.start(high, low);
    sealCounter.apply(text, 0, padded, out, outOff + SEAL_OVERHEAD);
    return SEAL_OVERHEAD + padded;
  }

  /**
   * Opens a sealed value of the record that was started. Nothing is written to {@code out} unless
   * the value is what was sealed.
   *
   * @return length of the plain text
   * @throws CryptoException.SealBroken when it was altered, or belongs elsewhere
   */
  public int open(
      IdentityClass c, int field, byte[] sealed, int off, int len, byte[] out, int outOff) {
    key.checkAlive();
    int padded = len - SEAL_OVERHEAD;
    if (!Padding.isPaddedLength(c, padded)) {
      throw new CryptoException.SealBroken();
    }
    Objects.checkFromIndexSize(off, len, sealed.length);
    long high = getLong(sealed, off);
    long low = getLong(sealed, off + Long.BYTES);
    sealCounter.start(high, low);
    sealCounter.apply(sealed, off + SEAL_OVERHEAD, padded, text, 0);
    synthesize(c, field, padded);
    if (((sealMac.high() ^ high) | (sealMac.low() ^ low)) != 0) {
      throw new CryptoException.SealBroken();
    }
    int length = Padding.unpaddedLength(text, padded);
    if (length < 0 || Padding.paddedLength(c, length) != padded) {
      throw new CryptoException.SealBroken();
    }
    System.arraycopy(text, 0, out, outOff, length);
    return length;
  }

  /** Writes the 16 bytes that stand for an identity in this month: AES-CMAC(class, canonical). */
  public void pseudonym(
      IdentityClass c, byte[] canonical, int off, int len, byte[] out, int outOff) {
    key.checkAlive();
    if (len > MAX_PLAIN_BYTES) {
      throw new IllegalArgumentException(
          "an identity has at most " + MAX_PLAIN_BYTES + " bytes: " + len);
    }
    text[0] = c.id();
    System.arraycopy(canonical, off, text, 1, len);
    index.mac(text, 0, len + 1);
    putLong(out, outOff, index.high());
    putLong(out, outOff + Long.BYTES, index.low());
  }

  /**
   * Masks {@code count} values of 8 bytes in place, or unmasks them: an XOR with AES of the
   * record's id, whose version nibble counts the blocks. A stolen journal so does not show which
   * records share a subject, and the applier needs one block a record to see it. Two versions of
   * one record have the same pad, which shows that they are of one record, as their ids do.
   *
   * @param count 0 to {@link #MAX_MASKED}
   */
  public void mask(long idHigh, long idLow, byte[] pseudonyms, int off, int count) {
    key.checkAlive();
    if (count < 0 || count > MAX_MASKED) {
      throw new IllegalArgumentException("at most " + MAX_MASKED + " values: " + count);
    }
    if (count == 0) {
      return;
    }
    int blocks = (count + 1) / 2;
    for (int i = 0; i < blocks; i++) {
      putLong(maskIn, i * BLOCK, idHigh & ~0xF000L | (long) i << 12);
      putLong(maskIn, i * BLOCK + Long.BYTES, idLow);
    }
    mask.apply(maskIn, 0, blocks * BLOCK, maskPad, 0);
    for (int i = 0; i < count; i++) {
      int at = off + i * Long.BYTES;
      putLong(pseudonyms, at, getLong(pseudonyms, at) ^ getLong(maskPad, i * Long.BYTES));
    }
  }

  /**
   * Encrypts {@code count} blocks of 16 bytes in place. The caller has XORed each with its row's
   * pseudonym, twice: equal blocks stay equal, and the two rows of one record must differ.
   */
  public void encryptReferences(byte[] blocks, int off, int count) {
    key.checkAlive();
    references.encrypt(blocks, off, count);
  }

  /** Undoes {@link #encryptReferences}. */
  public void decryptReferences(byte[] blocks, int off, int count) {
    key.checkAlive();
    references.decrypt(blocks, off, count);
  }

  /** Leaves S2V(place, record, padded text) in the MAC; the text is as it was. */
  private void synthesize(IdentityClass c, int field, int padded) {
    if (!started) {
      throw new IllegalStateException("no record was started");
    }
    if (!recordKnown) {
      sealMac.mac24(account, idHigh, idLow);
      recordHigh = sealMac.high();
      recordLow = sealMac.low();
      recordKnown = true;
    }
    int place = places.slot(c, field);
    long high = places.high(place) ^ recordHigh;
    long low = places.low(place) ^ recordLow;
    if (padded == BLOCK) {
      sealMac.mac16(getLong(text, 0) ^ high, getLong(text, Long.BYTES) ^ low);
      return;
    }
    int last = padded - BLOCK;
    long lastHigh = getLong(text, last);
    long lastLow = getLong(text, last + Long.BYTES);
    putLong(text, last, lastHigh ^ high);
    putLong(text, last + Long.BYTES, lastLow ^ low);
    sealMac.mac(text, 0, padded);
    putLong(text, last, lastHigh);
    putLong(text, last + Long.BYTES, lastLow);
  }
}
