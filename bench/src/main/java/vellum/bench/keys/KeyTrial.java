package vellum.bench.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.FileKeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.record.MonthId;

/**
 * A directory of case keys whose key-encryption key is replaced, as a rotation does it: opened as
 * at a start, wrapped anew, opened again with the new one alone. For one thread.
 */
final class KeyTrial {

  private static final YearMonth MONTH = YearMonth.of(2026, 11);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));

  /** What one step took, in nanoseconds, and whether every key is still itself. */
  record Cost(
      int keys,
      long madeNanos,
      long openedNanos,
      long rewrappedNanos,
      long reopenedNanos,
      boolean isRight) {}

  private final Path directory;
  private final RealDisk disk = new RealDisk();
  private final SecureRandom random = new SecureRandom();
  private final FileKeyEncryption before;
  private final FileKeyEncryption after;

  KeyTrial(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.before = FileKeyEncryption.open(directory.resolve("kek-before"), disk, random);
    this.after = FileKeyEncryption.open(directory.resolve("kek-after"), disk, random);
  }

  /** Makes so many keys, and wraps them anew. */
  Cost run(int keys) {
    long start = System.nanoTime();
    SortedMap<MonthId, String> made = make(ring(before), keys);
    long opening = System.nanoTime();
    KeyRing ring = ring(before);
    long opened = System.nanoTime();
    ring.rewrap(after);
    long rewrapped = System.nanoTime();
    KeyRing again = ring(after);
    long reopened = System.nanoTime();
    return new Cost(
        keys,
        opening - start,
        opened - opening,
        rewrapped - opened,
        reopened - rewrapped,
        ids(ring).equals(made) && ids(again).equals(made) && isRefused());
  }

  private KeyRing ring(FileKeyEncryption encryption) {
    return KeyRing.open(directory.resolve("keys"), List.of(encryption), disk, random, CLOCK);
  }

  private static SortedMap<MonthId, String> make(KeyRing ring, int keys) {
    SortedMap<MonthId, String> made = new TreeMap<>();
    for (int i = 0; i < keys; i++) {
      MonthId name = MonthId.caseKey(MONTH, String.format(Locale.ROOT, "%08d", i));
      made.put(name, ring.key(name).id());
    }
    return made;
  }

  private static SortedMap<MonthId, String> ids(KeyRing ring) {
    SortedMap<MonthId, String> ids = new TreeMap<>();
    ring.alive().forEach(month -> ids.put(month, ring.key(month).id()));
    return ids;
  }

  /** Whether the key that was replaced opens nothing any more. */
  private boolean isRefused() {
    try {
      ring(before);
      return false;
    } catch (CryptoException refused) {
      return true;
    }
  }
}
