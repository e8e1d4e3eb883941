package vellum.ingest.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vellum.core.crypto.KekFiles;
import vellum.core.crypto.KeyRing;
import vellum.core.period.Catalog;
import vellum.core.record.MonthId;

/**
 * That no key is made anew in place of one that was lost: "no key" means "make one" only where
 * there was none. Stateless.
 */
final class KeyCheck {

  private KeyCheck() {}

  /** Before the key-encryption key is opened, which would make a new one. */
  static void requireKeyEncryptionKey(Path file, Path keys) {
    try {
      missing(file, keys)
          .ifPresent(
              problem -> {
                throw new NodeException.NotFit(List.of(problem));
              });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + keys, e);
    }
  }

  /** That the key-encryption key is not there, and keys that it wraps are. */
  static Optional<String> missing(Path file, Path keys) throws IOException {
    if (KekFiles.exists(file) || !Files.isDirectory(keys)) {
      return Optional.empty();
    }
    try (Stream<Path> wrapped = Files.list(keys)) {
      return wrapped.anyMatch(key -> key.toString().endsWith(".key"))
          ? Optional.of(
              file
                  + " is missing, but keys that it wraps are in "
                  + keys
                  + ": restore it from its backup; without it their months' identities cannot be"
                  + " read")
          : Optional.empty();
    }
  }

  /** Every month of the catalog has a key, or the tombstone of one. */
  static void requireKeys(Catalog catalog, KeyRing keys) {
    List<String> missing =
        catalog.entries().keySet().stream()
            .filter(month -> keys.existing(month).isEmpty() && !keys.destroyed(month))
            .map(MonthId::toString)
            .map(
                month ->
                    "keys/"
                        + month
                        + ".key is missing, and so is its tombstone: restore it from its backup")
            .toList();
    if (!missing.isEmpty()) {
      throw new NodeException.NotFit(missing);
    }
  }
}
