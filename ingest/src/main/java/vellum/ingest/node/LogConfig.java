package vellum.ingest.node;

import java.nio.file.Path;
import vellum.core.record.Bound;

/**
 * What a server logs, and where. The terminal always has it, in lines for people.
 *
 * @param level of our own lines; libraries speak from WARN on; INFO
 * @param file of JSON lines (ECS); empty: {@code log/vellum.json} in the data directory
 * @param fileBytes at which a new file is begun, 64 KiB to 1 GiB; 16 MiB
 * @param files that are kept beside the current one, 0 to 1,000; 0: no file is written; 8
 */
public record LogConfig(Level level, Path file, int fileBytes, int files) {

  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  /** How much is said. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  public LogConfig {
    Bound.check("fileBytes", fileBytes, 64 * KIB, KIB * MIB);
    Bound.check("files", files, 0, 1_000);
  }

  /** The defaults. */
  public static LogConfig defaults() {
    return new LogConfig(Level.INFO, Path.of(""), 16 * MIB, 8);
  }

  /** The file, for a data directory. */
  Path fileIn(Path data) {
    return file.toString().isEmpty() ? data.resolve("log").resolve("vellum.json") : file;
  }
}
