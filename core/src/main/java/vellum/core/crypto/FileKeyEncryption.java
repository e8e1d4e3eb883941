package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import vellum.core.disk.Disk;

/**
 * A key-encryption key of 32 random bytes in memory, read from a file. Thread-safe. Of the provider
 * {@code file} the bytes are in it as they are; only its owner may read it. Whoever reads the file
 * and the keys' directory reads the identities, so the file belongs on another disk than the
 * backups.
 *
 * <pre>
 *   vellum key-encryption 1
 *   id: 16 hex digits
 *   key: 64 hex digits
 *   crc32c: 8 hex digits
 * </pre>
 */
public final class FileKeyEncryption implements KeyEncryption {

  static final String KIND = "key-encryption";
  private static final List<String> LABELS = List.of("id", "key");
  private static final int KEY_BYTES = 32;
  private static final int ID_BYTES = 8;
  private static final HexFormat HEX = HexFormat.of();
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private final Path file;
  private final Disk disk;
  private final String id;
  private final byte[] key;

  FileKeyEncryption(Path file, Disk disk, String id, byte[] key) {
    this.file = file;
    this.disk = disk;
    this.id = id;
    this.key = key;
  }

  /** Reads the key in a file of an existing directory; makes one when there is no file. */
  public static FileKeyEncryption open(Path file, Disk disk, SecureRandom random) {
    try {
      if (Files.notExists(file)) {
        create(file, disk, random);
      }
      return read(file, disk);
    } catch (IOException e) {
      throw new CryptoException.KeyStorageFailed(
          file + " could not be read or made; check its directory, owner and free space", e);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public byte[] wrap(byte[] secret) {
    return AesKeyWrap.wrap(key, secret);
  }

  @Override
  public Optional<byte[]> unwrap(byte[] wrapped) {
    return AesKeyWrap.unwrap(key, wrapped);
  }

  /** The key, a copy that the caller overwrites. */
  byte[] key() {
    return key.clone();
  }

  @Override
  public Erasure erasure() {
    return Erasure.LOGICAL;
  }

  /**
   * Overwrites and deletes the file: what is wrapped by this key alone is lost from the next start
   * on. For the end of a rotation, when every key has been wrapped by the next one.
   */
  public void destroy() {
    try {
      new KeyShredder(disk).shred(file);
    } catch (IOException e) {
      throw new CryptoException.KeyStorageFailed(file + " could not be deleted; try again", e);
    }
  }

  static void create(Path file, Disk disk, SecureRandom random) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(key);
    random.nextBytes(id);
    byte[] text = KeyText.write(KIND, LABELS, List.of(HEX.formatHex(id), HEX.formatHex(key)));
    disk.replace(file, text);
    Arrays.fill(key, (byte) 0);
    Arrays.fill(text, (byte) 0);
  }

  static FileKeyEncryption read(Path file, Disk disk) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (!OWNER.containsAll(permissions)) {
      throw new CryptoException.KeyExposed(
          file
              + " is open to others than its owner ("
              + PosixFilePermissions.toString(permissions)
              + "): chmod 600 it, and rotate the key if somebody may have read it");
    }
    List<String> values = KeyText.read(file, KIND, LABELS);
    byte[] key = KeyText.hex(file, values.get(1), KEY_BYTES, "key");
    return new FileKeyEncryption(file, disk, values.get(0), key);
  }
}
