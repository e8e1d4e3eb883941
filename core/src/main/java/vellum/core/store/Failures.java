package vellum.core.store;

import java.nio.file.Path;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * The engine's errors in the port's terms. Immutable. The engine's own text goes into the cause: it
 * names files and offsets, and keys only with a setting that is off.
 */
record Failures(Path directory) {

  /** The exception for an engine's error while {@code doing} something. */
  StoreException of(RocksDBException cause, String doing) {
    Status status = cause.getStatus();
    if (status == null || status.getCode() == null) {
      return new StoreException.Unavailable(text(doing, "unknown error"), cause);
    }
    String condition = status.getCode().name().toLowerCase(Locale.ROOT);
    return switch (status.getCode()) {
      case Corruption -> new StoreException.Corrupt(text(doing, condition), cause);
      case IOError ->
          new StoreException.Unavailable(
              text(doing, status.getSubCode() == Status.SubCode.NoSpace ? "disk full" : condition),
              cause);
      default -> new StoreException.Unavailable(text(doing, condition), cause);
    };
  }

  private String text(String doing, String condition) {
    return doing + " failed (" + condition + "): " + directory;
  }
}
