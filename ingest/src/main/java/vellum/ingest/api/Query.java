package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AccountId;

/** Parameters of a request, in its query or its body. Stateless. */
final class Query {

  /** Most records of an answer. */
  static final int MAX_RECORDS = 1_000;

  private static final int DEFAULT_RECORDS = 100;
  private static final int MOST_REASON_CHARS = 200;
  private static final long MICROS = 1_000_000;
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  private Query() {}

  static @Nullable String optional(ServiceRequestContext context, String name) {
    return context.queryParam(name);
  }

  static boolean flag(ServiceRequestContext context, String name) {
    String text = context.queryParam(name);
    if (text == null || text.equals("false")) {
      return false;
    } else if (text.equals("true")) {
      return true;
    }
    throw Problem.bad("BAD_FLAG", name + " must be true or false");
  }

  static AccountId account(ServiceRequestContext context) {
    return account(context.queryParam("account"));
  }

  static AccountId account(@Nullable String text) {
    if (text == null) {
      throw Problem.bad("BAD_ACCOUNT", "account is missing");
    }
    try {
      return AccountId.of(text);
    } catch (IllegalArgumentException e) {
      throw Problem.bad("BAD_ACCOUNT", "account must have 1 to " + AccountId.MAX_BYTES + " bytes");
    }
  }

  static int limit(ServiceRequestContext context) {
    String text = context.queryParam("limit");
    if (text == null) {
      return DEFAULT_RECORDS;
    }
    try {
      return limit(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw badLimit();
    }
  }

  static int limit(int limit) {
    if (limit < 1 || limit > MAX_RECORDS) {
      throw badLimit();
    }
    return limit;
  }

  private static Problem badLimit() {
    return Problem.bad("BAD_LIMIT", "limit must be 1 to " + MAX_RECORDS);
  }

  /** Microseconds since the epoch of an instant, or of the start of a day of UTC. */
  static long micros(ServiceRequestContext context, String name) {
    return micros(context.queryParam(name), name);
  }

  /** The same of a text. */
  static long micros(@Nullable String text, String name) {
    try {
      if (text != null) {
        Instant instant =
            text.indexOf('T') < 0
                ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                : Instant.parse(text);
        if (!instant.isBefore(FIRST) && !instant.isAfter(LAST)) {
          return instant.getEpochSecond() * MICROS + instant.getNano() / 1_000;
        }
      }
    } catch (DateTimeException e) {
      // Said below, for all ways to be wrong.
    }
    throw Problem.bad(
        "BAD_TIME",
        name
            + " must be a date such as 2026-01-31 or an instant such as 2026-01-31T23:00:00Z, in the"
            + " years 1970 to 9999");
  }

  /** A text of a body; null when it is not there. */
  static @Nullable String text(ObjectNode body, String field) {
    JsonNode node = body.get(field);
    if (node == null || node.isNull()) {
      return null;
    } else if (node.isTextual()) {
      return node.textValue();
    }
    throw Problem.bad("BAD_FIELD", field + " must be a text");
  }

  /** Why something is done, for those who read of it later. */
  static String reason(@Nullable String text) {
    if (text == null
        || text.isBlank()
        || text.length() > MOST_REASON_CHARS
        || text.chars().anyMatch(Character::isISOControl)) {
      throw Problem.bad("BAD_REASON", "reason must have 1 to " + MOST_REASON_CHARS + " characters");
    }
    return text;
  }

  /** Whether a body asks for identities in clear. */
  static boolean reveal(ObjectNode body) {
    JsonNode node = body.get("reveal");
    if (node != null && !node.isBoolean()) {
      throw Problem.bad("BAD_FIELD", "reveal must be true or false");
    }
    return node != null && node.booleanValue();
  }

  /** Most records that a body asks for. */
  static int limit(ObjectNode body) {
    JsonNode node = body.get("limit");
    if (node == null) {
      return MAX_RECORDS;
    }
    return limit(node.isInt() ? node.intValue() : 0);
  }
}
