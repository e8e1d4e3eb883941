package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Cube;
import vellum.core.export.Column;
import vellum.core.export.ExportRequest;
import vellum.core.export.ExportSession;
import vellum.core.export.Mark;
import vellum.core.export.Part;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.settlement.Closing;

/** Exports as JSON. Stateless. */
final class ExportJson {

  private ExportJson() {}

  static ObjectNode session(ExportSession session) {
    ObjectNode node =
        Json.object().put("session", session.id()).put("position", session.position());
    columns(node.putArray("columns"), session.columns());
    ArrayNode months = node.putArray("months");
    for (Mark mark : session.marks()) {
      months
          .addObject()
          .put("month", mark.month().toString())
          .put("owner", mark.owner().name().toLowerCase(Locale.ROOT))
          .put("records", mark.records())
          .put("updates", mark.updates());
    }
    if (!session.closings().isEmpty()) {
      closings(node.putArray("closings"), session.closings());
    }
    return node;
  }

  /** Closings of one revision and position have their parties in one list: there may be many. */
  private static void closings(ArrayNode array, List<Closing> closings) {
    Map<ObjectNode, List<String>> groups = new LinkedHashMap<>();
    for (Closing closing : closings) {
      ObjectNode head =
          Json.object()
              .put("party_kind", closing.party().cube() == Cube.SALE ? "account" : "supplier")
              .put("period", closing.period().toString())
              .put("revision", closing.revision())
              .put("position", closing.position());
      groups.computeIfAbsent(head, any -> new ArrayList<>()).add(closing.party().id());
    }
    groups.forEach(
        (head, parties) -> {
          ArrayNode names = ((ObjectNode) array.addObject().setAll(head)).putArray("parties");
          parties.forEach(names::add);
        });
  }

  private static void columns(ArrayNode array, List<Column> columns) {
    for (Column column : columns) {
      ObjectNode node =
          array
              .addObject()
              .put("name", column.name())
              .put("type", column.type().title())
              .put("meaning", column.meaning());
      if (column.type() == Column.Type.LIST) {
        columns(node.putArray("members"), column.members());
      }
    }
  }

  static ObjectNode part(Part part) {
    ObjectNode node =
        Json.object()
            .put("number", part.number())
            .put("rows", part.totals().rows())
            .put("bytes", part.content().size())
            .put("sha256", part.sha256())
            .put("first", part.first())
            .put("last", part.last());
    part.totals().writeTo(node.putObject("control"));
    return node;
  }

  /** Where to go on, as a manifest has it; null when a body has none. */
  static ExportRequest.@Nullable Resume resume(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return null;
    }
    List<String> columns = new ArrayList<>();
    node.path("columns").forEach(name -> columns.add(name.asText()));
    List<Mark> marks = new ArrayList<>();
    try {
      for (JsonNode month : node.path("months")) {
        marks.add(
            new Mark(
                MonthId.parse(month.path("month").asText()),
                Stage.Owner.valueOf(month.path("owner").asText().toUpperCase(Locale.ROOT)),
                month.path("records").asLong(-1),
                month.path("updates").asLong(-1)));
      }
    } catch (IllegalArgumentException e) {
      throw Problem.bad("BAD_EXPORT", "resume must be of a manifest: its months are none");
    }
    int parts = node.path("parts").asInt(-1);
    if (parts < 0) {
      throw Problem.bad("BAD_EXPORT", "resume must say how many parts there are");
    }
    return new ExportRequest.Resume(marks, columns, parts, node.path("last").asText(""));
  }
}
