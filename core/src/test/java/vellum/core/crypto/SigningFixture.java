package vellum.core.crypto;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;

/** A ring, a signing key and their key-encryption key in one directory. */
final class SigningFixture {

  static final String INCARNATION = "3b0c5a52-1c1e-4f7e-9c4e-0d6f9a7e1b11";

  final Path kek;
  final Path keys;

  SigningFixture(Path directory) {
    this.kek = directory.resolve("current.kek");
    this.keys = directory.resolve("keys");
  }

  KekFiles files(Disk disk) {
    return KekFiles.open(kek, disk, new SecureRandom());
  }

  KeyRing ring(List<KeyEncryption> encryptions, Disk disk) {
    return KeyRing.open(
        keys, encryptions, disk, new SecureRandom(), InstantSource.fixed(RingFixture.NOW));
  }

  SigningKey signing(List<KeyEncryption> encryptions, Disk disk) {
    return signing(encryptions, disk, RingFixture.NOW);
  }

  SigningKey signing(List<KeyEncryption> encryptions, Disk disk, Instant now) {
    return SigningKey.open(
        keys, encryptions, INCARNATION, disk, new SecureRandom(), InstantSource.fixed(now));
  }

  /** A signing key after a first start at an instant. */
  SigningKey signing(Instant now) {
    List<KeyEncryption> encryptions = files(new RealDisk()).encryptions();
    ring(encryptions, new RealDisk());
    return signing(encryptions, new RealDisk(), now);
  }
}
