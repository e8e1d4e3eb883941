package vellum.core.registry;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What entries of files and rows have in common: required fields, lists, dates. */
final class Entries {

  private Entries() {}

  static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value;
  }

  /** Converts each element of a list; an absent list is empty. A failure names list and index. */
  static <E, T> List<T> all(
      String field, @Nullable List<@Nullable E> entries, Function<E, T> convert) {
    List<T> converted = new ArrayList<>();
    for (int i = 0; entries != null && i < entries.size(); i++) {
      String place = field + "[" + i + "]";
      E entry = required(place, entries.get(i));
      try {
        converted.add(convert.apply(entry));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
      }
    }
    return converted;
  }

  /** A date (its first instant in a zone) or an instant such as 2026-01-31T23:00:00Z. */
  static Instant instant(String field, String text, ZoneId zone) {
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          field + " must be a date such as 2026-01-31 or an instant such as 2026-01-31T23:00:00Z",
          e);
    }
  }
}
