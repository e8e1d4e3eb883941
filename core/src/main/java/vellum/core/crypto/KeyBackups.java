package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import vellum.core.disk.Disk;
import vellum.core.record.MonthId;

/**
 * Writes backups of the keys: directories like the one of the keys, in which every key that lives
 * is wrapped by the backup's own key-encryption key, and every key that does not has a tombstone. A
 * key that outlives its month in a backup was never destroyed, so each erasure rewrites them all.
 * Thread-safe; one backup is written at a time. A file system that hangs holds up its caller.
 *
 * <p>To restore: copy the directory to {@code keys/} and the backup's key-encryption key to the
 * configured file.
 */
public final class KeyBackups {

  private static final String OWNER_ONLY = "rwx------";

  /** Keys may be destroyed while a backup is written: it is then written again. */
  private static final int MAX_ROUNDS = 3;

  private final KeyRing ring;
  private final List<KeptSigner> signers;
  private final Disk disk;
  private final SecureRandom random;
  private final InstantSource clock;
  private final List<Path> own;

  /**
   * A backup.
   *
   * @param name 1 to 32 characters {@code [a-z0-9-]}
   * @param directory of the wrapped keys, and of nothing else
   * @param keyEncryptionFile outside of the directory: who has both reads the keys
   */
  public record Backup(String name, Path directory, Path keyEncryptionFile) {

    public Backup {
      if (!name.matches("[a-z0-9-]{1,32}")) {
        throw new IllegalArgumentException("name of a backup must match [a-z0-9-]{1,32}: " + name);
      }
      directory = directory.toAbsolutePath().normalize();
      keyEncryptionFile = keyEncryptionFile.toAbsolutePath().normalize();
      if (keyEncryptionFile.startsWith(directory)) {
        throw new IllegalArgumentException(
            "the key-encryption key of a backup must not lie in its directory: "
                + keyEncryptionFile);
      }
    }
  }

  /** How the writing of a backup ended. */
  public sealed interface Outcome {

    /** Name of the backup. */
    String name();

    Instant at();

    /**
     * The backup holds every key that lives and no other.
     *
     * @param keys that it holds, those that sign among them
     */
    record Rewritten(String name, int keys, Instant at) implements Outcome {}

    /**
     * The backup could not be brought up to date, or not wholly: it may hold destroyed keys.
     *
     * @param reason for the operator; holds paths and no key
     */
    record Unreachable(String name, String reason, Instant at) implements Outcome {}
  }

  /** Backups that may lie anywhere. */
  public KeyBackups(
      KeyRing ring, SigningKey signing, Disk disk, SecureRandom random, InstantSource clock) {
    this(ring, List.of(signing), disk, random, clock, List.of());
  }

  /**
   * Backups that stay away from what is the keys' own.
   *
   * @param signers keys that sign, which lie beside the months' keys
   * @param own files and directories that no backup may lie in or around: a backup in the directory
   *     of the keys would wrap the keys themselves anew
   */
  public KeyBackups(
      KeyRing ring,
      List<KeptSigner> signers,
      Disk disk,
      SecureRandom random,
      InstantSource clock,
      List<Path> own) {
    this.ring = ring;
    this.signers = List.copyOf(signers);
    this.disk = disk;
    this.random = random;
    this.clock = clock;
    this.own = List.copyOf(own);
  }

  /**
   * Begins a backup: makes its directory and its key-encryption key, unless they are there.
   *
   * @throws IllegalArgumentException when it lies in or around the keys' own files
   * @throws CryptoException.KeyStorageFailed when they cannot be made
   * @throws CryptoException.KeyUnreadable when the directory holds what is no backup of these keys
   */
  public synchronized void create(Backup backup) {
    try {
      requireApart(backup);
      makeDirectory(backup.directory());
      makeDirectory(Objects.requireNonNull(backup.keyEncryptionFile().getParent()));
      KeyEncryption encryption = FileKeyEncryption.open(backup.keyEncryptionFile(), disk, random);
      Optional<String> foreign =
          foreign(
              new KeyDirectory(backup.directory(), disk),
              new KeyDirectory(backup.directory(), disk).load(),
              ring.wrapped(encryption));
      if (foreign.isPresent()) {
        throw new CryptoException.KeyUnreadable(foreign.get());
      }
    } catch (IOException e) {
      throw new CryptoException.KeyStorageFailed(
          "the backup " + backup.name() + " could not be made in " + backup.directory(), e);
    }
  }

  /**
   * Brings a backup up to date, each file whole or not at all. What is wrong with the backup is in
   * the outcome and never thrown.
   *
   * @throws CryptoException when the keys themselves cannot be read
   */
  public synchronized Outcome rewrite(Backup backup) {
    if (!Files.isDirectory(backup.directory())) {
      return unreachable(backup, backup.directory() + " is no directory, or not mounted");
    }
    if (!Files.isRegularFile(backup.keyEncryptionFile())) {
      return unreachable(backup, backup.keyEncryptionFile() + " is missing");
    }
    KeyEncryption encryption;
    try {
      encryption = FileKeyEncryption.open(backup.keyEncryptionFile(), disk, random);
    } catch (CryptoException e) {
      return unreachable(backup, String.valueOf(e.getMessage()));
    }
    for (int round = 0; round < MAX_ROUNDS; round++) {
      KeyDirectory.Contents ours = ring.wrapped(encryption);
      Optional<String> problem = write(backup, encryption, ours);
      if (problem.isPresent()) {
        return unreachable(backup, problem.get());
      }
      if (ring.alive().equals(ours.keys().keySet())) {
        // Those of cases are none of anybody's business, and neither is how many there are.
        long periods = ours.keys().keySet().stream().filter(one -> !one.isOfCase()).count();
        int keys = Math.toIntExact(periods) + signers.size();
        return new Outcome.Rewritten(backup.name(), keys, clock.instant());
      }
    }
    return unreachable(backup, "keys were made or destroyed all the while; rewrite it again");
  }

  /** Writes one state of the keys; says what is wrong when it cannot. */
  private Optional<String> write(
      Backup backup, KeyEncryption encryption, KeyDirectory.Contents ours) {
    KeyDirectory target = new KeyDirectory(backup.directory(), disk);
    try {
      KeyDirectory.Contents theirs = target.load();
      Optional<String> foreign = foreign(target, theirs, ours);
      if (foreign.isPresent()) {
        return foreign;
      }
      for (Tombstone tombstone : ours.tombstones().values()) {
        if (!theirs.tombstones().containsKey(tombstone.month())) {
          target.bury(tombstone);
        }
        target.shred(tombstone.month());
      }
      target.write(ours.keys().values());
      for (KeptSigner signer : signers) {
        target.write(signer.wrapped(encryption));
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(backup.directory() + " could not be written: " + e);
    } catch (CryptoException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Why a directory must not be touched: it holds keys that the ring does not know, which may be
   * another installation's, or the only copies of keys that were lost here.
   */
  private Optional<String> foreign(
      KeyDirectory target, KeyDirectory.Contents theirs, KeyDirectory.Contents ours)
      throws IOException {
    for (Map.Entry<MonthId, KeyFile> entry : theirs.keys().entrySet()) {
      KeyFile alive = ours.keys().get(entry.getKey());
      Tombstone dead = ours.tombstones().get(entry.getKey());
      String known = alive != null ? alive.key() : dead != null ? dead.key() : "";
      if (!known.equals(entry.getValue().key())) {
        return Optional.of(foreign(target.keyFile(entry.getKey())));
      }
    }
    for (MonthId month : theirs.tombstones().keySet()) {
      if (!ours.tombstones().containsKey(month)) {
        return Optional.of(foreign(target.keyFile(month)));
      }
    }
    for (KeptSigner signer : signers) {
      Path file = target.signingFile(signer.kind());
      if (Files.exists(file) && !SigningFile.read(signer.kind(), file).key().equals(signer.id())) {
        return Optional.of(foreign(file));
      }
    }
    return Optional.empty();
  }

  private static String foreign(Path file) {
    return file
        + " is not of the keys of this installation, or these were put back from an older copy:"
        + " the backup is left as it is";
  }

  private void requireApart(Backup backup) throws IOException {
    Path directory = real(backup.directory());
    Path file = real(backup.keyEncryptionFile());
    for (Path each : own) {
      Path mine = real(each);
      if (directory.startsWith(mine) || mine.startsWith(directory) || file.startsWith(mine)) {
        throw new IllegalArgumentException(
            "a backup and its key-encryption key must lie outside of "
                + mine
                + ", and not around it: "
                + (file.startsWith(mine) ? file : directory));
      }
    }
  }

  /** The path behind all links, as far as it exists. */
  private static Path real(Path path) throws IOException {
    Path there = path.toAbsolutePath().normalize();
    Path rest = Path.of("");
    while (Files.notExists(there) && there.getParent() != null) {
      rest = there.getFileName().resolve(rest);
      there = there.getParent();
    }
    return there.toRealPath().resolve(rest).normalize();
  }

  private void makeDirectory(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
      disk.forceDirectory(Objects.requireNonNull(directory.getParent()));
    }
  }

  private Outcome unreachable(Backup backup, String reason) {
    return new Outcome.Unreachable(backup.name(), reason, clock.instant());
  }
}
