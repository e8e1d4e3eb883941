package vellum.ingest.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is exported.
 *
 * @param what {@code records} or {@code totals}
 * @param from first day
 * @param to day behind the last one
 * @param account empty for all
 * @param format {@code csv}, {@code ndjson} or {@code parquet}
 * @param partRows most rows of a file; 0 for as many as the server gives
 * @param more what else there is to say, by name, such as {@code by}; empty values say nothing
 */
public record ExportQuestion(
    String what,
    LocalDate from,
    LocalDate to,
    String account,
    String format,
    int partRows,
    Map<String, String> more) {

  private static final List<String> FIELDS =
      List.of("what", "from", "to", "account", "cube", "by", "format", "part_rows");

  public ExportQuestion {
    more = new LinkedHashMap<>(more);
  }

  /** Of records. */
  public static ExportQuestion records(
      LocalDate from, LocalDate to, String account, String format, int partRows) {
    return new ExportQuestion("records", from, to, account, format, partRows, Map.of());
  }

  /** As requests and manifests have it. */
  ObjectNode json() {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("what", what)
            .put("from", from.toString())
            .put("to", to.toString());
    if (!account.isEmpty()) {
      node.put("account", account);
    }
    more.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            node.put(name, value);
          }
        });
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
