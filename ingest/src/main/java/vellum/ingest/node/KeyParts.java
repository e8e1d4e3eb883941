package vellum.ingest.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import vellum.core.crypto.KekFiles;
import vellum.core.crypto.KekRotation;
import vellum.core.crypto.KeyBackups;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.NoteKey;
import vellum.core.crypto.SigningKey;
import vellum.core.disk.Disk;

/**
 * The keys of a node: what wraps, what is wrapped, and what copies them. Its parts are thread-safe,
 * but a rotation is for one thread.
 */
record KeyParts(
    KeyRing ring, SigningKey signing, NoteKey audit, KekRotation rotation, KeyBackups backups) {

  /**
   * Opens or makes all of them, and finishes a rotation that a crash cut short.
   *
   * @param incarnation of the store, named in the signing certificate
   */
  static KeyParts open(
      RunConfig config, String incarnation, InstantSource clock, Disk disk, SecureRandom random) {
    Path keys = config.data().resolve("keys");
    Path kek = kekFile(config);
    KeyCheck.requireKeyEncryptionKey(kek, keys);
    KekFiles files = KekFiles.open(kek, disk, random);
    KeyRing ring = KeyRing.open(keys, files.encryptions(), disk, random, clock);
    SigningKey signing =
        SigningKey.open(keys, files.encryptions(), incarnation, disk, random, clock);
    NoteKey audit = NoteKey.open(keys, files.encryptions(), disk, random);
    KekRotation rotation = new KekRotation(files, List.of(ring, signing, audit));
    rotation.resume();
    return new KeyParts(
        ring,
        signing,
        audit,
        rotation,
        new KeyBackups(
            ring, List.of(signing, audit), disk, random, clock, List.of(config.data(), kek)));
  }

  private static Path kekFile(RunConfig config) {
    Path file = config.kekFile().toAbsolutePath();
    try {
      Path parent = file.getParent();
      if (parent != null && Files.notExists(parent)) {
        Files.createDirectories(
            parent,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory of " + file, e);
    }
  }
}
