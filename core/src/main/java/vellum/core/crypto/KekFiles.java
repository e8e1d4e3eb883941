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
 * The files of the key-encryption key, of which a rotation has two for a while; each is of a
 * provider's form. Thread-safe. What is found at a start says how far a rotation came:
 *
 * <pre>
 *   current.kek                      one key wraps all
 *   current.kek  current.kek.next    rotating: next wraps what is new, current opens what is not
 *                                    rewrapped yet
 *   current.kek.old  .kek.next       all rewrapped: next is about to become current
 *   current.kek.old  current.kek     next became current; the old one is about to be shredded
 *   *.making, *.tmp                  cut short while being made, never used; ended when found
 * </pre>
 *
 * The names behind {@code current.kek} follow the configured file, and lie beside it.
 */
public final class KekFiles implements KekProvider {

  private static final String TEMPORARY = ".tmp";

  private final Path file;
  private final Path next;
  private final Path old;
  private final Disk disk;
  private final KekForms forms;
  private KeyEncryption current;
  private @Nullable KeyEncryption coming;

  private KekFiles(Path file, KekForms forms, Disk disk) throws IOException {
    this.file = file;
    this.next = next(file);
    this.old = beside(file, ".old");
    this.disk = disk;
    this.forms = forms;
    settle();
    if (Files.notExists(file)) {
      forms.make(file);
    }
    this.current = forms.read(file);
    if (Files.exists(next) || !forms.isOwn(file)) {
      this.coming = next();
    }
  }

  /** Opens the provider {@code file}; {@link KekProviders} opens any. */
  public static KekFiles open(Path file, Disk disk, SecureRandom random) {
    return open(file, new KekForms(new FileForm(disk, random)), disk);
  }

  /**
   * Opens the key-encryption key of a file in an existing directory, made when there is none, and
   * finishes the renames of a rotation that a crash cut short. Where the key is not of the form of
   * new ones, a rotation is begun.
   *
   * @param forms closed with this
   * @throws CryptoException.KeyEncryptionMissing when the file is gone and what lies beside it
   *     shows that it was there
   */
  static KekFiles open(Path file, KekForms forms, Disk disk) {
    try {
      return new KekFiles(file.toAbsolutePath(), forms, disk);
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
      try {
        coming = next();
      } catch (IOException e) {
        throw failed(next, e);
      }
    }
    return coming;
  }

  private KeyEncryption next() throws IOException {
    if (Files.notExists(next)) {
      forms.make(next);
    }
    return forms.read(next);
  }

  @Override
  public synchronized void promote() {
    try {
      if (Files.exists(file) && Files.exists(next)) {
        end(old);
        move(file, old);
      }
      settle();
      current = Objects.requireNonNullElse(coming, current);
      coming = null;
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  @Override
  public synchronized void change(KekSecret secret) {
    if (coming != null) {
      throw new IllegalStateException("a rotation is under way, with a key under the old secret");
    }
    try {
      forms.change(file, secret);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  @Override
  public void close() {
    forms.close();
  }

  /** Finishes renames, ends what a finished rotation left, and what was cut short in the making. */
  private void settle() throws IOException {
    KeyShredder shredder = new KeyShredder(disk);
    for (Path each : List.of(file, next)) {
      shredder.shred(beside(each, TEMPORARY));
      shredder.shred(beside(KekForm.making(each), TEMPORARY));
      end(KekForm.making(each));
    }
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
      end(old);
    }
  }

  /** Ends a key and its file; absent is fine. */
  private void end(Path each) throws IOException {
    forms.end(each);
    new KeyShredder(disk).shred(each);
  }

  private void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    disk.forceDirectory(parent());
  }

  private Path parent() {
    return Objects.requireNonNull(file.getParent(), () -> file + " has no directory");
  }

  /** The file of a key that comes. */
  static Path next(Path file) {
    return beside(file, ".next");
  }

  private static Path beside(Path file, String end) {
    return file.resolveSibling(file.getFileName() + end);
  }

  private static CryptoException failed(Path file, IOException e) {
    return new CryptoException.KeyStorageFailed(
        file + " could not be read, made or renamed; check its directory, owner and free space", e);
  }
}
