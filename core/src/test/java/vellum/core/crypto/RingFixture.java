package vellum.core.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;
import vellum.core.record.IdentityClass;
import vellum.core.record.MonthId;

/** A directory of keys, its key-encryption keys beside it, and seals under the keys in it. */
final class RingFixture {

  static final MonthId NOVEMBER = MonthId.parse("2026-11.default");
  static final MonthId DECEMBER = MonthId.parse("2026-12.default");
  static final Instant NOW = Instant.parse("2026-11-05T10:00:00Z");
  static final Instant LATER = Instant.parse("2027-12-01T00:00:00Z");

  private static final byte[] NUMBER = "+4915112345678".getBytes(StandardCharsets.US_ASCII);

  final Path keys;
  private final Path directory;

  RingFixture(Path directory) {
    this.directory = directory;
    this.keys = directory.resolve("keys");
  }

  KeyRing open() {
    return open(new RealDisk());
  }

  KeyRing open(Disk disk) {
    return open(disk, kek("kek"));
  }

  KeyRing open(Disk disk, KeyEncryption... encryptions) {
    return KeyRing.open(
        keys, List.of(encryptions), disk, new SecureRandom(), InstantSource.fixed(NOW));
  }

  FileKeyEncryption kek(String name) {
    return FileKeyEncryption.open(directory.resolve(name), new RealDisk(), new SecureRandom());
  }

  List<String> files() {
    try (Stream<Path> files = Files.list(keys)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] seal(MonthKey key) {
    MonthCipher cipher = key.newCipher();
    cipher.record(1, 2, 3);
    byte[] out = new byte[32];
    cipher.seal(IdentityClass.TEL, 4, NUMBER, 0, NUMBER.length, out, 0);
    return out;
  }

  static boolean opens(MonthKey key, byte[] sealed) {
    MonthCipher cipher = key.newCipher();
    cipher.record(1, 2, 3);
    byte[] out = new byte[64];
    try {
      int length = cipher.open(IdentityClass.TEL, 4, sealed, 0, sealed.length, out, 0);
      return Arrays.equals(out, 0, length, NUMBER, 0, NUMBER.length);
    } catch (CryptoException.SealBroken e) {
      return false;
    }
  }
}
