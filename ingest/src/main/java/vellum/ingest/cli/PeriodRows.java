package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vellum.core.billing.Money;

/** Words about periods. Stateless. */
final class PeriodRows {

  private static final int SHORT = 12;

  private PeriodRows() {}

  /** {@code account acme}. */
  static String party(JsonNode one) {
    String id = one.path("party").asText();
    return one.path("kind").asText() + " " + (id.isEmpty() ? "(none)" : id);
  }

  /** What a statement comes to: {@code 1.17 EUR, 12.00 USD}. */
  static String total(JsonNode one) {
    return Pattern.compile(", ")
        .splitAsStream(one.path("total").asText())
        .map(PeriodRows::sum)
        .collect(Collectors.joining(", "));
  }

  private static String sum(String text) {
    int end = text.indexOf(' ');
    return end < 0 ? text : Money.shown(text.substring(0, end)) + text.substring(end);
  }

  /** The first digits, enough to tell two statements apart; of none a dash. */
  static String shortDigest(JsonNode one) {
    String digest = one.path("digest").asText();
    if (digest.isEmpty()) {
      return "-";
    }
    return digest.length() > SHORT ? digest.substring(0, SHORT) : digest;
  }
}
