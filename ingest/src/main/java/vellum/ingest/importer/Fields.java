package vellum.ingest.importer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a provider's row, flat: {@code price.currency}, {@code destinations[0].to}. JSON
 * and CSV rows look alike here. Empty values count as absent. Not thread-safe.
 */
final class Fields {

  /** Most fields of a row. */
  static final int MAX_FIELDS = 512;

  private final Map<String, String> values = new LinkedHashMap<>();

  void put(String name, String value) {
    if (values.size() >= MAX_FIELDS) {
      throw new BadRow(
          BadRowCode.ROW_TOO_LARGE, "", "more than " + MAX_FIELDS + " fields in a row");
    }
    if (!value.isEmpty()) {
      values.put(name, value);
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Whether a field of that name, or one below it, is there. */
  boolean hasAny(String... names) {
    for (String name : names) {
      if (values.containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is an object of that name. */
  boolean hasObject(String name) {
    return values.keySet().stream().anyMatch(key -> key.startsWith(name + "."));
  }

  /** The name among these that is there, or the first of them. */
  String nameOf(String... names) {
    for (String name : names) {
      if (values.containsKey(name)) {
        return name;
      }
    }
    return names[0];
  }

  /** The value of the first of these names that is there; empty when none is. */
  String text(String... names) {
    String value = values.get(nameOf(names));
    return value == null ? "" : value.trim();
  }

  String required(String... names) {
    String value = text(names);
    if (value.isEmpty()) {
      throw new BadRow(BadRowCode.MISSING_FIELD, names[0], "the field is missing");
    }
    return value;
  }

  /** A whole number of at least zero, or the given one when the field is absent. */
  long count(String name, long absent) {
    String value = text(name);
    if (value.isEmpty()) {
      return absent;
    }
    long number;
    try {
      number = Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new BadRow(BadRowCode.BAD_VALUE, name, "not a whole number");
    }
    if (number < 0) {
      throw new BadRow(BadRowCode.NEGATIVE_VALUE, name, "less than zero");
    }
    if (number > Integer.MAX_VALUE) {
      throw new BadRow(BadRowCode.BAD_VALUE, name, "more than " + Integer.MAX_VALUE);
    }
    return number;
  }

  /** A duration of whole or decimal seconds, in milliseconds. */
  long millis(String name) {
    String value = text(name);
    return value.isEmpty() ? 0 : Amounts.scaled(value, name, 3);
  }

  /** The instant of a field, or null when it is absent. */
  @Nullable Long micros(String... names) {
    String name = nameOf(names);
    String value = text(name);
    return value.isEmpty() ? null : Times.micros(value, name);
  }
}
