package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import vellum.core.disk.Disk;
import vellum.core.record.MonthId;

/**
 * The directory of the months' keys on the disk: reads it, writes it, and finishes what a crash
 * left half done. Not thread-safe.
 *
 * <pre>
 *   2026-11.default.key         a key that lives
 *   2025-10.default.destroyed   a tombstone: that month gets no key again
 *   certificates.signing        keys that sign: SigningKey's own,
 *   disclosure.signing          PackageSigner's,
 *   audit.signing               and NoteKey's
 *   *.tmp                       cut short while being written; shredded when found
 * </pre>
 *
 * A key ends in this order: tombstone durable, key file overwritten, key file deleted. Where both
 * are found, the tombstone holds. A disk too full for a tombstone still ends the key: the
 * tombstone's text is written over the key file, in its own block, and the file renamed.
 */
final class KeyDirectory {

  private static final String KEY = ".key";
  private static final String TOMBSTONE = ".destroyed";
  private static final String TEMPORARY = ".tmp";

  private final Path path;
  private final Disk disk;
  private final KeyShredder shredder;

  KeyDirectory(Path path, Disk disk) {
    this.path = path;
    this.disk = disk;
    this.shredder = new KeyShredder(disk);
  }

  /** What the directory holds once everything half done is finished. */
  record Contents(SortedMap<MonthId, KeyFile> keys, SortedMap<MonthId, Tombstone> tombstones) {}

  /** Reads every file, making the directory when there is none. */
  Contents load() throws IOException {
    if (Files.notExists(path)) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      disk.forceDirectory(Objects.requireNonNull(path.toAbsolutePath().getParent()));
    }
    SortedMap<MonthId, Path> keys = new TreeMap<>();
    SortedMap<MonthId, Path> tombstones = new TreeMap<>();
    List<Path> temporary = new ArrayList<>();
    for (Path file : files()) {
      sort(file, keys, tombstones, temporary);
    }
    for (Path file : temporary) {
      shredder.shred(file);
    }
    SortedMap<MonthId, Tombstone> dead = new TreeMap<>();
    for (Map.Entry<MonthId, Path> entry : tombstones.entrySet()) {
      dead.put(entry.getKey(), Tombstone.read(entry.getValue(), entry.getKey()));
    }
    return new Contents(readKeys(keys, dead), dead);
  }

  void write(KeyFile key) throws IOException {
    disk.replace(keyFile(key.month()), key.text());
  }

  /** Writes many keys, each whole or not at all; durable when this returns. */
  void write(Iterable<KeyFile> keys) throws IOException {
    for (KeyFile key : keys) {
      disk.replaceUnforced(keyFile(key.month()), key.text());
    }
    disk.forceDirectory(path);
  }

  void write(SigningFile key) throws IOException {
    disk.replace(signingFile(key.kind()), key.text());
  }

  Path signingFile(SigningFile.Kind kind) {
    return path.resolve(kind.file());
  }

  /** Makes a tombstone durable. */
  void bury(Tombstone tombstone) throws IOException {
    try {
      disk.replace(tombstoneFile(tombstone.month()), tombstone.text());
    } catch (IOException noRoom) {
      if (Files.exists(tombstoneFile(tombstone.month()))) {
        disk.forceDirectory(path);
        return;
      }
      if (Files.notExists(keyFile(tombstone.month()))) {
        throw noRoom;
      }
      shredder.overwrite(keyFile(tombstone.month()), tombstone.text());
      renameBuried(tombstone.month());
    }
  }

  /** Ends what is left of the key of a month that has a tombstone. */
  void shred(MonthId month) throws IOException {
    shredder.shred(path.resolve(month + TOMBSTONE + TEMPORARY));
    shredder.shred(path.resolve(month + KEY + TEMPORARY));
    shredder.shred(keyFile(month));
  }

  /** Reads the keys that live, and changes {@code dead} when it finds one that does not. */
  private SortedMap<MonthId, KeyFile> readKeys(
      SortedMap<MonthId, Path> keys, SortedMap<MonthId, Tombstone> dead) throws IOException {
    SortedMap<MonthId, KeyFile> alive = new TreeMap<>();
    for (Map.Entry<MonthId, Path> entry : keys.entrySet()) {
      MonthId month = entry.getKey();
      Path file = entry.getValue();
      if (dead.containsKey(month)) {
        shred(month);
      } else if (KeyText.isKind(file, Tombstone.KIND)) {
        KeyText.cutBehindEnd(file);
        dead.put(month, Tombstone.read(file, month));
        renameBuried(month);
      } else {
        alive.put(month, KeyFile.read(file, month));
      }
    }
    return alive;
  }

  private void renameBuried(MonthId month) throws IOException {
    Files.move(keyFile(month), tombstoneFile(month), StandardCopyOption.ATOMIC_MOVE);
    disk.forceDirectory(path);
  }

  private static void sort(
      Path file,
      SortedMap<MonthId, Path> keys,
      SortedMap<MonthId, Path> tombstones,
      List<Path> temporary) {
    String name = file.getFileName().toString();
    try {
      if (isOfSigner(name)) {
        return;
      }
      if (name.endsWith(KEY)) {
        keys.put(month(name, KEY), file);
      } else if (name.endsWith(TOMBSTONE)) {
        tombstones.put(month(name, TOMBSTONE), file);
      } else if (name.endsWith(KEY + TEMPORARY)) {
        month(name, KEY + TEMPORARY);
        temporary.add(file);
      } else {
        month(name, TOMBSTONE + TEMPORARY);
        temporary.add(file);
      }
    } catch (IllegalArgumentException e) {
      throw new CryptoException.KeyUnreadable(
          file + " is no file of a month's key; move it out of the directory of the keys");
    }
  }

  private static boolean isOfSigner(String name) {
    for (SigningFile.Kind kind : SigningFile.Kind.values()) {
      if (name.equals(kind.file()) || name.equals(kind.file() + TEMPORARY)) {
        return true;
      }
    }
    return false;
  }

  private static MonthId month(String name, String end) {
    if (!name.endsWith(end)) {
      throw new IllegalArgumentException(name);
    }
    return MonthId.parse(name.substring(0, name.length() - end.length()));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.sorted().toList();
    }
  }

  Path keyFile(MonthId month) {
    return path.resolve(month + KEY);
  }

  private Path tombstoneFile(MonthId month) {
    return path.resolve(month + TOMBSTONE);
  }
}
