package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Words about periods. Stateless. */
final class PeriodRows {

  private static final int SHORT = 12;

  private PeriodRows() {}

  /** {@code account acme}. */
  static String party(JsonNode one) {
    String id = one.path("party").asText();
    return one.path("kind").asText() + " " + (id.isEmpty() ? "(none)" : id);
  }

  /** The first digits, enough to tell two statements apart. */
  static String shortDigest(JsonNode one) {
    String digest = one.path("digest").asText();
    return digest.length() > SHORT ? digest.substring(0, SHORT) : digest;
  }
}
