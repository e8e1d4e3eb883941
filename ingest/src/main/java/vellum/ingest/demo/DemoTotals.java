package vellum.ingest.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.ingest.endpoint.ServerCalls;

/**
 * What records come to, added up from the server's answers: how many, and by currency the nanos of
 * sale and cost.
 *
 * @param records how many
 * @param nanos by name, as {@code EUR sale}
 */
record DemoTotals(long records, SortedMap<String, BigInteger> nanos) {

  private static final int PAGE = 1000;

  /** Adds up the records of accounts that started in {@code [from, to)}. */
  static DemoTotals of(ServerCalls calls, Collection<String> accounts, Instant from, Instant to) {
    long records = 0;
    SortedMap<String, BigInteger> nanos = new TreeMap<>();
    for (String account : accounts) {
      String query =
          "/v1/records?account="
              + ServerCalls.encoded(account)
              + "&from="
              + from
              + "&to="
              + to
              + "&limit="
              + PAGE;
      String cursor = "";
      do {
        JsonNode page = calls.get(query + cursor);
        for (JsonNode row : page.path("records")) {
          records++;
          add(nanos, row.path("record"));
        }
        cursor =
            page.hasNonNull("next")
                ? "&cursor=" + ServerCalls.encoded(page.path("next").asText())
                : "";
      } while (!cursor.isEmpty());
    }
    return new DemoTotals(records, nanos);
  }

  private static void add(SortedMap<String, BigInteger> nanos, JsonNode record) {
    JsonNode rating = record.path("rating");
    add(nanos, rating, "sale_price_nanos", "sale");
    add(nanos, rating, "cost_price_nanos", "cost");
    record.path("legs").forEach(leg -> add(nanos, leg, "cost_nanos", "legs"));
  }

  private static void add(
      SortedMap<String, BigInteger> nanos, JsonNode aspect, String field, String name) {
    if (aspect.hasNonNull(field)) {
      String key = aspect.path("currency").asText() + " " + name;
      nanos.merge(key, new BigInteger(aspect.path(field).asText()), BigInteger::add);
    }
  }

  /** These with a sale of so many nanos more. */
  DemoTotals plusSale(String currency, long more) {
    SortedMap<String, BigInteger> sums = new TreeMap<>(nanos);
    sums.merge(currency + " sale", BigInteger.valueOf(more), BigInteger::add);
    return new DemoTotals(records, sums);
  }

  /** Records and the largest sum, for people. */
  String some() {
    return nanos.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(sum -> "%,d records, %s %,d nanos".formatted(records, sum.getKey(), sum.getValue()))
        .orElse(records + " records");
  }

  /** A sum, for people. */
  String sale(String currency) {
    return "%s sale %,d nanos".formatted(currency, saleNanos(currency));
  }

  /** What accounts are charged in a currency. */
  BigInteger saleNanos(String currency) {
    return nanos.getOrDefault(currency + " sale", BigInteger.ZERO);
  }
}
