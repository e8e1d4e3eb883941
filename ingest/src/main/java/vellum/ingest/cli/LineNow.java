package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import vellum.core.billing.Money;
import vellum.ingest.endpoint.ServerCalls;

/**
 * A line of a statement, and what its records come to now: what came after the closing may have
 * moved them.
 *
 * @param now a row of totals; empty when no record counts in the line any more
 */
record LineNow(JsonNode line, JsonNode now, boolean ofAccount, String listing) {

  private static final List<String> SALE = List.of("count", "units", "duration_ms", "amount_nanos");
  private static final List<String> COST = List.of("count", "units", "amount_nanos");

  /** Asks the totals of the line's month. */
  static LineNow of(ServerCalls calls, StatementOption which, JsonNode line) {
    boolean ofAccount = which.party.account != null;
    List<String> by = StatementRows.dimensions(ofAccount);
    JsonNode totals =
        calls.get(
            "/v1/billing/totals?cube="
                + (ofAccount ? "sale" : "cost")
                + which.party.parameter()
                + "&from="
                + which.period.atDay(1)
                + "&to="
                + which.period.plusMonths(1).atDay(1)
                + "&by="
                + String.join(",", by));
    JsonNode now = JsonNodeFactory.instance.objectNode();
    for (JsonNode row : totals.path("rows")) {
      if (by.stream().allMatch(one -> row.path(one).asText().equals(line.path(one).asText()))) {
        now = row;
      }
    }
    String party =
        ofAccount ? "--account " + which.party.account : "--supplier " + which.party.supplier;
    return new LineNow(line, now, ofAccount, "vellum posting list " + party + " --period MONTH");
  }

  private List<String> measures() {
    return ofAccount ? SALE : COST;
  }

  boolean isSame() {
    return measures().stream()
        .allMatch(one -> line.path(one).asText().equals(now.path(one).asText("0")));
  }

  String note() {
    return "the line has "
        + words(line)
        + "; its records now give "
        + words(now)
        + ": later changes are postings, see '"
        + listing
        + "' of the months after";
  }

  private String words(JsonNode sums) {
    List<String> words = new ArrayList<>();
    words.add(sums.path("count").asText("0") + (ofAccount ? " records" : " legs"));
    words.add(sums.path("units").asText("0") + " units");
    if (ofAccount) {
      words.add(sums.path("duration_ms").asText("0") + " ms");
    }
    String amount = Money.shown(sums.path("amount").asText("0"));
    words.add((amount + ' ' + line.path("currency").asText()).strip());
    return String.join(", ", words);
  }

  /** The same for programs. */
  ObjectNode summary() {
    ObjectNode summary = JsonNodeFactory.instance.objectNode().put("same", isSame());
    sums(summary.putObject("line"), line);
    sums(summary.putObject("now"), now);
    return isSame() ? summary : summary.put("note", note());
  }

  private void sums(ObjectNode into, JsonNode from) {
    into.put("count", from.path("count").asLong()).put("units", from.path("units").asLong());
    if (ofAccount) {
      into.put("duration_ms", from.path("duration_ms").asLong());
    }
    into.put("amount", from.path("amount").asText("0"));
    into.put("amount_nanos", from.path("amount_nanos").asText("0"));
  }
}
