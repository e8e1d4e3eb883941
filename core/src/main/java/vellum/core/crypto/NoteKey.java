package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import vellum.core.disk.Disk;

/**
 * The key that signs checkpoints of the audit trail: Ed25519 (RFC 8032), which signed notes ask
 * for, made durably on the first start. Thread-safe.
 */
public final class NoteKey extends KeptSigner {

  public static final int PUBLIC_BYTES = Ed25519.PUBLIC_KEY_SIZE;
  public static final int SIGNATURE_BYTES = Ed25519.SIGNATURE_SIZE;

  private final byte[] seed;
  private final byte[] point;

  private NoteKey(Path file, SigningFile stored, List<KeyEncryption> encryptions, Disk disk) {
    super(file, disk, stored.key());
    this.seed =
        new Encryptions(encryptions)
            .unwrap("the audit trail's key", file, stored.kek(), stored.wrapped());
    if (seed.length != Ed25519.SECRET_KEY_SIZE) {
      throw KeyText.garbled(file, "its secret has " + seed.length + " bytes");
    }
    this.point = publicOf(seed);
    if (!Arrays.equals(point, stored.published())) {
      throw KeyText.garbled(file, "its public key is of another key");
    }
  }

  /**
   * Opens the key, made when there is none.
   *
   * @param directory of the months' keys; {@link KeyRing#open} made it
   * @param encryptions as given to {@link KeyRing#open}
   */
  public static NoteKey open(
      Path directory, List<KeyEncryption> encryptions, Disk disk, SecureRandom random) {
    String name = SigningFile.Kind.AUDIT.file();
    Path file = directory.resolve(name);
    try {
      new KeyShredder(disk).shred(directory.resolve(name + ".tmp"));
      if (Files.notExists(file)) {
        make(file, encryptions.get(0), disk, random);
      }
      SigningFile stored = SigningFile.read(SigningFile.Kind.AUDIT, file);
      return new NoteKey(file, stored, encryptions, disk);
    } catch (IOException e) {
      throw new CryptoException.KeyStorageFailed(file + " could not be read or made", e);
    }
  }

  private static void make(Path file, KeyEncryption encryption, Disk disk, SecureRandom random)
      throws IOException {
    byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
    Ed25519.generatePrivateKey(random, seed);
    try {
      SigningFile made =
          new SigningFile(
              SigningFile.Kind.AUDIT,
              newId(random),
              encryption.id(),
              encryption.wrap(seed),
              publicOf(seed));
      disk.replace(file, made.text());
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** The public key, 32 bytes. */
  public byte[] publicKey() {
    return point.clone();
  }

  /** Signs a text; the same text has the same signature, 64 bytes. */
  public byte[] sign(byte[] text) {
    return sign(seed, text);
  }

  static byte[] sign(byte[] seed, byte[] text) {
    byte[] signature = new byte[SIGNATURE_BYTES];
    Ed25519.sign(seed, 0, text, 0, text.length, signature, 0);
    return signature;
  }

  /** Whether a signature of a text was made by a public key's secret. */
  public static boolean verifies(byte[] publicKey, byte[] text, byte[] signature) {
    return publicKey.length == PUBLIC_BYTES
        && signature.length == SIGNATURE_BYTES
        && Ed25519.verify(signature, 0, publicKey, 0, text, 0, text.length);
  }

  private static byte[] publicOf(byte[] seed) {
    byte[] point = new byte[PUBLIC_BYTES];
    Ed25519.generatePublicKey(seed, 0, point, 0);
    return point;
  }

  @Override
  SigningFile.Kind kind() {
    return SigningFile.Kind.AUDIT;
  }

  @Override
  byte[] secret() {
    return seed.clone();
  }

  @Override
  byte[] published() {
    return point;
  }
}
