package vellum.core.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Files that a {@linkplain Store#purge purge} wrote anew.
 *
 * @param replaced names of the files that held the rows before
 * @param bytes of those files
 */
public record Purged(List<String> replaced, long bytes) {
  public Purged {
    replaced = List.copyOf(replaced);
  }

  /** These and others of the same store. */
  public Purged with(Purged others) {
    List<String> all = new ArrayList<>(replaced);
    all.addAll(others.replaced);
    return new Purged(all, bytes + others.bytes);
  }
}
