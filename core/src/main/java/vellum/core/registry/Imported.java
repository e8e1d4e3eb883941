package vellum.core.registry;

import org.jspecify.annotations.Nullable;

/**
 * What an import did, accounts and suppliers together.
 *
 * @param added new ids
 * @param changed known ids with other content
 * @param unchanged known ids with the same content, not written
 */
public record Imported(int added, int changed, int unchanged) {

  /** Counts while an import goes on. Not thread-safe. */
  static final class Counter {
    private int added;
    private int changed;
    private int unchanged;

    /** Counts one, and says whether it has to be written. */
    boolean changes(@Nullable Object before, Object after) {
      if (before == null) {
        added++;
      } else if (before.equals(after)) {
        unchanged++;
        return false;
      } else {
        changed++;
      }
      return true;
    }

    Imported imported() {
      return new Imported(added, changed, unchanged);
    }
  }
}
