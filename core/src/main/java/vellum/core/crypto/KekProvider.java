package vellum.core.crypto;

import java.time.Instant;
import java.util.List;

/**
 * Where the key-encryption key comes from, and how it is replaced: a rotation has two keys for a
 * while, of which the next one wraps what is new. Thread-safe. Whoever opens one closes it, when
 * nothing wraps or unwraps any more.
 */
public interface KekProvider extends AutoCloseable {

  /** What to open a {@link KeyRing} with: the key that wraps, then the one it replaces, if any. */
  List<KeyEncryption> encryptions();

  /** Whether a rotation was begun and not finished. */
  boolean rotating();

  /** The key that wraps everything, or did until the rotation that is under way. */
  KeyEncryption current();

  /** Since when {@link #current} is the key: when it was made. */
  Instant since();

  /**
   * The key that comes: made, and durable, unless a rotation is under way.
   *
   * @throws CryptoException when it cannot be made; to be repeated where that is recoverable
   */
  KeyEncryption begin();

  /**
   * Ends a rotation: the next key becomes the current one, and the old one is destroyed. Called
   * when the next one wraps everything, durably. May be repeated after a failure.
   *
   * @throws CryptoException when the old key may still be there
   */
  void promote();

  /**
   * From now on the key is made of, or opened by, another secret, durably; the old secret opens
   * nothing that is on the disk. The key itself stays: rotate it, since copies of its file from
   * before are opened by the old secret.
   *
   * @throws CryptoException.WrongSecret when the provider has no secret of this program's, or this
   *     one is not fit
   */
  void change(KekSecret secret);

  /** What the destruction of a key under the current key is worth. */
  default KeyEncryption.Erasure erasure() {
    return current().erasure();
  }

  /** Forgets the secret, and leaves the token if there is one. Does not fail. */
  @Override
  void close();
}
