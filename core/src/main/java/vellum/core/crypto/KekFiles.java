package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
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
public final class KekFiles implements KekProvider {

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

  @Override
  public synchronized List<KeyEncryption> encryptions() {
    return coming == null ? List.of(current) : List.of(coming, current);
  }

  @Override
  public synchronized boolean rotating() {
    return coming != null;
  }

  @Override
  public synchronized KeyEncryption current() {
    return current;
  }

  @Override
  public synchronized Instant since() {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  @Override
  public synchronized KeyEncryption begin() {
    if (coming == null) {
      coming = FileKeyEncryption.open(next, disk, random);
    }
    return coming;
  }

  @Override
  public synchronized void promote() {
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

  @Override
  public void change(KekSecret secret) {
    throw new CryptoException.WrongSecret("the provider file has no secret");
  }

  @Override
  public void close() {
    // Nothing to forget that the ring does not have too.
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
