package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vellum.core.disk.Disk;

/**
 * The files of the key-encryption key of the provider {@code file}, of which a rotation has two for
 * a while. Thread-safe. What is found at a start says how far a rotation came:
 *
 * <pre>
 *   current.kek                      one key wraps all
 *   current.kek  current.kek.next    rotating: next wraps what is new, current opens what is not
 *                                    rewrapped yet
 *   current.kek.old  .kek.next       all rewrapped: next is about to become current
 *   current.kek.old  current.kek     next became current; the old one is about to be shredded
 *   *.tmp                            cut short while being made, never used; shredded when found
 * </pre>
 *
 * The names behind {@code current.kek} follow the configured file, and lie beside it.
 */
public final class KekFiles {

  private final Path file;
  private final Path next;
  private final Path old;
  private final Disk disk;
  private final SecureRandom random;
  private FileKeyEncryption current;
  private @Nullable FileKeyEncryption coming;

  private KekFiles(Path file, Disk disk, SecureRandom random) throws IOException {
    this.file = file;
    this.next = beside(file, ".next");
    this.old = beside(file, ".old");
    this.disk = disk;
    this.random = random;
    settle();
    this.current = FileKeyEncryption.open(file, disk, random);
    this.coming = Files.exists(next) ? FileKeyEncryption.open(next, disk, random) : null;
  }

  /**
   * Opens the key-encryption key in a file of an existing directory, made when there is none, and
   * finishes the renames of a rotation that a crash cut short.
   *
   * @throws CryptoException.KeyEncryptionMissing when the file is gone and what lies beside it
   *     shows that it was there
   */
  public static KekFiles open(Path file, Disk disk, SecureRandom random) {
    try {
      return new KekFiles(file.toAbsolutePath(), disk, random);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Whether {@link #open} would find a key, so that it makes none. */
  public static boolean exists(Path file) {
    return Files.exists(file)
        || (Files.exists(beside(file, ".old")) && Files.exists(beside(file, ".next")));
  }

  /** What to open a {@link KeyRing} with: the key that wraps, then the one it replaces, if any. */
  public synchronized List<KeyEncryption> encryptions() {
    return coming == null ? List.of(current) : List.of(coming, current);
  }

  /** Whether a rotation was begun and not finished. */
  public synchronized boolean rotating() {
    return coming != null;
  }

  /** The key that wraps everything, or did until the rotation that is under way. */
  synchronized KeyEncryption current() {
    return current;
  }

  /** The key that comes: made, and durable, unless a rotation is under way. */
  synchronized KeyEncryption begin() {
    if (coming == null) {
      coming = FileKeyEncryption.open(next, disk, random);
    }
    return coming;
  }

  /**
   * Ends a rotation: the next key becomes the current one, and the old one is shredded. Called when
   * the next one wraps everything, durably. May be repeated after a failure.
   *
   * @throws CryptoException.KeyStorageFailed when the old key may still be on the disk
   */
  synchronized void promote() {
    try {
      if (Files.exists(file) && Files.exists(next)) {
        new KeyShredder(disk).shred(old);
        move(file, old);
      }
      settle();
      current = FileKeyEncryption.open(file, disk, random);
      coming = null;
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Finishes renames, ends what a finished rotation left, and what was cut short in the making. */
  private void settle() throws IOException {
    KeyShredder shredder = new KeyShredder(disk);
    shredder.shred(beside(file, ".tmp"));
    shredder.shred(beside(next, ".tmp"));
    if (Files.notExists(file)) {
      if (Files.exists(old) && Files.exists(next)) {
        move(next, file);
      } else if (Files.exists(old) || Files.exists(next)) {
        throw new CryptoException.KeyEncryptionMissing(
            file + " is missing, but a rotation of it lies beside it: put back its file");
      }
    }
    if (Files.exists(file) && Files.notExists(next)) {
      disk.forceDirectory(parent());
      shredder.shred(old);
    }
  }

  private void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    disk.forceDirectory(parent());
  }

  private Path parent() {
    return Objects.requireNonNull(file.getParent(), () -> file + " has no directory");
  }

  private static Path beside(Path file, String end) {
    return file.resolveSibling(file.getFileName() + end);
  }

  private static CryptoException failed(Path file, IOException e) {
    return new CryptoException.KeyStorageFailed(
        file + " could not be read or renamed; check its directory, owner and free space", e);
  }
}
