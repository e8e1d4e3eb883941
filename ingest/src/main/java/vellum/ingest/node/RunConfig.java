package vellum.ingest.node;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a node keeps its data, and the bounds of the node as a whole.
 *
 * @param data the data directory, made when absent, owner-only; {@code data}
 * @param keyEncryptionFile the file of the key-encryption key; empty means {@code kek/current.kek}
 *     in the data directory. Belongs on another disk than backups
 * @param throttleBytes bytes of journal that are not yet applied and flushed, above which no
 *     connection is read, 64 MiB to 1 TiB; 16 GiB
 * @param stopWithin how long a stop may take, 1 s to 1 h; 30 s. A quarter of it is for the last
 *     flush. What is not applied then is applied at the next start; a process that is told to end
 *     ends by then, whatever is still open
 */
public record RunConfig(
    Path data, Path keyEncryptionFile, long throttleBytes, Duration stopWithin) {

  private static final long MIB = 1L << 20;

  public RunConfig {
    if (throttleBytes < 64 * MIB || throttleBytes > MIB * MIB) {
      throw new IllegalArgumentException(
          "throttleBytes must be 64 MiB to 1 TiB: " + throttleBytes + " bytes");
    }
    if (stopWithin.toMillis() < 1_000 || stopWithin.toMillis() > 3_600_000) {
      throw new IllegalArgumentException(
          "stopWithin must be 1s to 1h: " + stopWithin.toMillis() + "ms");
    }
  }

  /** The defaults. */
  public static RunConfig defaults() {
    return new RunConfig(Path.of("data"), Path.of(""), 16_384 * MIB, Duration.ofSeconds(30));
  }

  /** The directory of the keys that it wraps. */
  Path keys() {
    return data.resolve("keys");
  }

  /** The file of the key-encryption key. */
  Path kekFile() {
    return keyEncryptionFile.toString().isEmpty()
        ? data.resolve("kek").resolve("current.kek")
        : keyEncryptionFile;
  }
}
