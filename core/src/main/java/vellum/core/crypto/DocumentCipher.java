package vellum.core.crypto;

import java.util.Arrays;

/**
 * Seals and opens documents under a case's or the trail's key: AES-SIV (RFC 5297) over the text
 * made longer, one byte 0x80 and zeros to a multiple of 256 bytes, so that a sealed document's
 * length tells little of it. The same document with the same associated data has the same seal. NOT
 * thread-safe. Refused once the key is destroyed.
 */
public final class DocumentCipher {

  /** What lengths of padded documents are multiples of. */
  static final int STEP = 256;

  private final MonthKey key;
  private final AesSiv siv;

  DocumentCipher(MonthKey key, SubKeys keys) {
    this.key = key;
    this.siv = new AesSiv(keys.document());
  }

  /**
   * Seals a document.
   *
   * @param associated what opening it needs to be told again, at most 126 strings
   * @throws CryptoException.KeyDestroyed when the key was destroyed
   */
  public byte[] seal(byte[] document, byte[]... associated) {
    key.checkAlive();
    int padded = Math.addExact(document.length, STEP) & -STEP;
    byte[] text = Arrays.copyOf(document, padded);
    text[document.length] = (byte) 0x80;
    byte[] sealed = siv.seal(text, associated);
    Arrays.fill(text, (byte) 0);
    key.checkAlive();
    return sealed;
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws CryptoException.SealBroken when it was altered, or sealed under another key or with
   *     other associated data
   * @throws CryptoException.KeyDestroyed when the key was destroyed
   */
  public byte[] open(byte[] sealed, byte[]... associated) {
    key.checkAlive();
    byte[] text = siv.open(sealed, associated);
    key.checkAlive();
    int length = Padding.unpaddedLength(text, text.length);
    if (length < 0) {
      throw new CryptoException.SealBroken();
    }
    byte[] document = Arrays.copyOf(text, length);
    Arrays.fill(text, (byte) 0);
    return document;
  }
}
