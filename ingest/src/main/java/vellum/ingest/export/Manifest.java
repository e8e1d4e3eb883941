package vellum.ingest.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import vellum.core.export.ControlTotals;

/**
 * What an export is, and what its parts are. Nothing in it depends on when it was made but the
 * journal position. As JSON:
 *
 * <pre>
 *   manifest      1
 *   what, from, to, account, cube, where, by, period, supplier, revision, part_rows, format
 *   reflects      in words, what the rows are and for how long a repeated export is the same
 *   position      journal sequence that the rows reflect; of closings, the last of theirs
 *   closings      that the rows are made of: party_kind, period, revision, position, parties
 *   columns       name, type, meaning; of lists their members
 *   months        what the rows were read from: month, owner, records, updates
 *   parts         file, rows, bytes, sha256, first, last, control
 *   control       rows, sums, amounts by currency, earliest, latest of all parts
 *   complete      true
 * </pre>
 *
 * Not thread-safe.
 */
final class Manifest {

  /** Number of the form. */
  static final int NUMBER = 1;

  private final ObjectNode head;
  private final List<ObjectNode> parts = new ArrayList<>();
  private final ControlTotals totals = new ControlTotals();

  /**
   * @param head all but parts and their totals
   */
  Manifest(ObjectNode head) {
    this.head = head;
  }

  /** The first line of an export that begins. */
  static ObjectNode head(ExportQuestion question, JsonNode session) {
    ObjectNode head = question.json().put("manifest", NUMBER);
    boolean isClosed = session.has("closings");
    head.put("reflects", reflects(question.what(), isClosed));
    head.set("position", session.path("position"));
    if (isClosed) {
      head.set("closings", session.path("closings"));
    }
    head.set("columns", session.path("columns"));
    head.set("months", session.path("months"));
    return head;
  }

  private static String reflects(String what, boolean isClosed) {
    if (isClosed) {
      return what + " as they were closed, whatever came later; see closings";
    }
    return what
        + " as of the journal position, the same as long as nothing of them changes; what changed"
        + " after a closing stands in the postings";
  }

  /** Adds a part that is there. */
  void add(ObjectNode part) {
    parts.add(part);
    totals.add(ControlTotals.of(part.path("control")));
  }

  ObjectNode head() {
    return head;
  }

  List<ObjectNode> parts() {
    return parts;
  }

  ControlTotals totals() {
    return totals;
  }

  long position() {
    return head.path("position").asLong();
  }

  /** What the server is told to go on behind the last part. */
  ObjectNode resume() {
    ObjectNode node = head.objectNode();
    ArrayNode names = node.putArray("columns");
    head.path("columns").forEach(column -> names.add(column.path("name").asText()));
    node.set("months", head.path("months"));
    node.put("parts", parts.size());
    String last = parts.isEmpty() ? "" : parts.get(parts.size() - 1).path("last").asText();
    return node.put("last", last);
  }

  /** The whole of it. */
  ObjectNode whole() {
    ObjectNode node = head.objectNode();
    node.put("manifest", NUMBER);
    node.setAll(head);
    node.putArray("parts").addAll(parts);
    totals.writeTo(node.putObject("control"));
    return node.put("complete", true);
  }
}
