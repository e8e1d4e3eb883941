package vellum.ingest.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KekFiles;
import vellum.core.crypto.KeyRing;
import vellum.core.period.Catalog;
import vellum.core.period.Stage;
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

  /**
   * Every month of the catalog has a key, or the tombstone of one; so has every year with a month
   * in the archive, where ids stand under the year's.
   */
  static void requireKeys(Catalog catalog, KeyRing keys) {
    List<String> missing =
        Stream.concat(
                catalog.entries().keySet().stream(), years(catalog, Stage.Owner.ARCHIVE).stream())
            .filter(period -> isMissing(period, keys))
            .map(MonthId::toString)
            .map(
                period ->
                    "keys/"
                        + period
                        + ".key is missing, and so is its tombstone: restore it from its backup")
            .toList();
    if (!missing.isEmpty()) {
      throw new NodeException.NotFit(missing);
    }
  }

  /**
   * Makes the keys of years of which there are months and no key, as versions before left them: so
   * that nobody who reads has to. On a full disk the first who reads makes them, once it has space.
   */
  static void makeYears(Catalog catalog, KeyRing keys) {
    for (MonthId year : years(catalog, Stage.Owner.LIVE)) {
      try {
        if (isMissing(year, keys)) {
          keys.key(year);
        }
      } catch (CryptoException.KeyStorageFailed full) {
        return;
      }
    }
  }

  private static SortedSet<MonthId> years(Catalog catalog, Stage.Owner owner) {
    SortedSet<MonthId> years = new TreeSet<>();
    catalog
        .entries()
        .forEach(
            (period, entry) -> {
              if (period.kind() == MonthId.Kind.TRAFFIC && entry.stage().owner() == owner) {
                years.add(period.year());
              }
            });
    return years;
  }

  private static boolean isMissing(MonthId period, KeyRing keys) {
    return keys.existing(period).isEmpty() && !keys.destroyed(period);
  }
}
