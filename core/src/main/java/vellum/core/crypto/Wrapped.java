package vellum.core.crypto;

/** Something on the disk that a key-encryption key wraps, and that a rotation must wrap anew. */
public interface Wrapped {

  /**
   * Wraps everything by another key-encryption key, durably: when this returns, nothing needs the
   * one before. After a failure or a crash it may be repeated.
   *
   * @throws CryptoException.KeyStorageFailed when something is still wrapped by the old key
   */
  void rewrap(KeyEncryption next);
}
