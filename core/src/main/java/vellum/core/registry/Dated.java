package vellum.core.registry;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that applies from an instant until the next of its kind does. */
sealed interface Dated permits AccountTerms, SupplierTerms {

  /** Most entries of one history. */
  int MAX_ENTRIES = 1000;

  /** When it starts to apply. */
  Instant from();

  /** The entries in the order of time; each at another instant, and at least one. */
  static <T extends Dated> List<T> history(List<T> entries) {
    if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          "terms must have 1 to " + MAX_ENTRIES + " entries: " + entries.size());
    }
    List<T> sorted = entries.stream().sorted(Comparator.comparing(Dated::from)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).from().equals(sorted.get(i - 1).from())) {
        throw new IllegalArgumentException("terms overlap: two apply from " + sorted.get(i).from());
      }
    }
    return sorted;
  }

  /** The entry that applies at a time, or null before the first. Allocates nothing. */
  static <T extends Dated> @Nullable T at(List<T> history, long atMicros) {
    for (int i = history.size() - 1; i >= 0; i--) {
      T entry = history.get(i);
      if (Micros.of(entry.from()) <= atMicros) {
        return entry;
      }
    }
    return null;
  }
}
