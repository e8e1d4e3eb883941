package vellum.core.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of what a scope means.
 *
 * @param records may be none although there are more
 * @param next where to go on, or null when these were the last; names a record, and no person
 * @param done part of the search that is behind this page, 0 to 1, by the scope's interval
 */
public record SearchPage(List<Found> records, @Nullable String next, double done) {

  public SearchPage {
    records = List.copyOf(records);
  }
}
