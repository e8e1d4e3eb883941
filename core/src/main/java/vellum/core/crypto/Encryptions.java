package vellum.core.crypto;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The key-encryption keys at hand: the one that wraps, and while a rotation is under way the one
 * that it replaces. Not thread-safe.
 */
final class Encryptions {

  private final Map<String, KeyEncryption> byId = new LinkedHashMap<>();
  private KeyEncryption current;

  /** The first one wraps. */
  Encryptions(List<KeyEncryption> encryptions) {
    if (encryptions.isEmpty()) {
      throw new IllegalArgumentException("a ring needs a key-encryption key");
    }
    current = encryptions.get(0);
    encryptions.forEach(encryption -> byId.put(encryption.id(), encryption));
  }

  KeyEncryption current() {
    return current;
  }

  /** From now on this one wraps; the others still unwrap. */
  void add(KeyEncryption next) {
    byId.put(next.id(), next);
    current = next;
  }

  /** Forgets all but the one that wraps. */
  void retainCurrent() {
    byId.keySet().retainAll(List.of(current.id()));
  }

  /**
   * Unwraps what a file holds.
   *
   * @param what name of the secret, for a message
   * @param kek id of the key-encryption key that wrapped it
   */
  byte[] unwrap(String what, Path file, String kek, byte[] wrapped) {
    KeyEncryption encryption = byId.get(kek);
    if (encryption == null) {
      throw new CryptoException.KeyEncryptionMissing(
          what
              + " is wrapped by the key-encryption key "
              + kek
              + ", and the ones given are "
              + byId.keySet()
              + ": put back its file");
    }
    return encryption
        .unwrap(wrapped)
        .orElseThrow(() -> KeyText.garbled(file, "its key-encryption key does not open it"));
  }
}
