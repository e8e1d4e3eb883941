package vellum.core.registry;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import vellum.core.record.TextRule;

/** Checks of the codes that terms are made of; each failure names its field. */
final class Codes {

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private static final int MAX_ID_BYTES = 64;

  private Codes() {}

  /** An id of 1 to 64 bytes of UTF-8, without control characters. */
  static String id(String field, String value) {
    if (value.isEmpty() || value.getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES) {
      throw new IllegalArgumentException(field + " must have 1 to " + MAX_ID_BYTES + " bytes");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(field + " must be without control characters");
    }
    return value;
  }

  /** An alphabetic code of ISO 4217. */
  static String currency(String field, String value) {
    if (!TextRule.isMoney(value)) {
      throw new IllegalArgumentException(field + " must be an ISO 4217 code such as EUR");
    }
    return value;
  }

  /** An alpha-2 code of ISO 3166-1. */
  static String country(String field, String value) {
    if (!COUNTRIES.contains(value)) {
      throw new IllegalArgumentException(field + " must be an ISO 3166 code such as DE");
    }
    return value;
  }

  /** A zone of the time zone database, or UTC. */
  static ZoneId zone(String field, String value) {
    try {
      return ZoneId.of(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          field + " must be a time zone such as Europe/Berlin or UTC", e);
    }
  }
}
