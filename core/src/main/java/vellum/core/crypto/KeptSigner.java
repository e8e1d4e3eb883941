package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import vellum.core.disk.Disk;

/**
 * A key that signs, in a file of its own in the directory of the months' keys, wrapped as they are.
 * Thread-safe.
 */
public abstract sealed class KeptSigner implements Wrapped permits CertifiedSigner, NoteKey {

  private static final int ID_BYTES = 8;

  private final Path file;
  private final Disk disk;
  private final String id;

  KeptSigner(Path file, Disk disk, String id) {
    this.file = file;
    this.disk = disk;
    this.id = id;
  }

  /** Random name of the key. */
  public final String id() {
    return id;
  }

  abstract SigningFile.Kind kind();

  /** The secret, a copy that the caller overwrites. */
  abstract byte[] secret();

  /** What anybody may know of the key, as its file has it. */
  abstract byte[] published();

  @Override
  public final synchronized void rewrap(KeyEncryption next) {
    try {
      SigningFile stored = SigningFile.read(kind(), file);
      if (!stored.kek().equals(next.id())) {
        disk.replace(file, wrapped(next).text());
      }
    } catch (IOException e) {
      throw new CryptoException.KeyStorageFailed(
          "the signing key is still wrapped by the old key-encryption key; rewrap again", e);
    }
  }

  /** The file of this key, wrapped by a key-encryption key. */
  final SigningFile wrapped(KeyEncryption by) {
    byte[] secret = secret();
    try {
      return new SigningFile(kind(), id, by.id(), by.wrap(secret), published());
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** A name for a new key. */
  static String newId(SecureRandom random) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
