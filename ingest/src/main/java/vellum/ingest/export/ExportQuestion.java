package vellum.ingest.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;

/**
 * What is exported.
 *
 * @param what {@code records}, {@code totals} or {@code statements}
 * @param query what of it, as requests have it, such as {@code from} and {@code to}
 * @param format {@code csv}, {@code ndjson} or {@code parquet}
 * @param partRows most rows of a file; 0 for as many as the server gives
 */
public record ExportQuestion(String what, ObjectNode query, String format, int partRows) {

  /** Every field that says what is exported, and how. */
  private static final List<String> FIELDS =
      List.of(
          "what",
          "from",
          "to",
          "account",
          "cube",
          "where",
          "by",
          "period",
          "supplier",
          "revision",
          "format",
          "part_rows");

  public ExportQuestion {
    query = query.deepCopy();
  }

  /**
   * Of records.
   *
   * @param from first day
   * @param to day behind the last one
   * @param account empty for all
   */
  public static ExportQuestion records(
      LocalDate from, LocalDate to, String account, String format, int partRows) {
    return new ExportQuestion("records", days(from, to, account), format, partRows);
  }

  /** A query of days and an account. */
  private static ObjectNode days(LocalDate from, LocalDate to, String account) {
    ObjectNode query =
        JsonNodeFactory.instance.objectNode().put("from", from.toString()).put("to", to.toString());
    return account.isEmpty() ? query : query.put("account", account);
  }

  /** As requests and manifests have it. */
  ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("what", what);
    node.setAll(query);
    if (partRows > 0) {
      node.put("part_rows", partRows);
    }
    return node.put("format", format);
  }

  /** Whether a manifest is of this question. */
  boolean isOf(JsonNode manifest) {
    ObjectNode own = json();
    for (String field : FIELDS) {
      if (!own.path(field).equals(manifest.path(field))) {
        return false;
      }
    }
    return true;
  }

  /** {@code records-00001.csv}. */
  String file(int number) {
    return "%s-%05d.%s".formatted(what, number, format);
  }
}
