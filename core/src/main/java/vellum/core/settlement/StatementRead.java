package vellum.core.settlement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.YearMonth;
import java.util.SortedSet;
import java.util.TreeSet;

/** Statements as they are read back. Stateless. */
public final class StatementRead {

  private static final JsonMapper MAPPER = new JsonMapper();

  private StatementRead() {}

  /** The tree of a statement's bytes. */
  public static JsonNode tree(byte[] statement) {
    try {
      return MAPPER.readTree(statement);
    } catch (IOException e) {
      throw new SettlementException.WrongFormat("a stored statement");
    }
  }

  /** Years of the records whose adjustments it has. */
  static SortedSet<Integer> recordYears(byte[] statement) {
    SortedSet<Integer> years = new TreeSet<>();
    for (JsonNode line : tree(statement).path("adjustments")) {
      years.add(YearMonth.parse(line.path("record_period").asText()).getYear());
    }
    return years;
  }
}
