package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.access.Role;
import vellum.core.audit.Checkpoints;
import vellum.core.audit.SealedDraft;
import vellum.core.audit.Trail;
import vellum.core.audit.TrailFile;
import vellum.core.casefile.CaseAudit;

/**
 * Shows the audit trail: entries with their hashes, the newest checkpoint, and pages of an export,
 * whose lines are the bytes that were hashed. The cursor of each is the number of an entry. Of
 * sealed entries only the hash is shown, and what they say to who has the role of disclosure too;
 * an export has their sealed bytes. Thread-safe.
 */
final class AuditRequests {

  private final Trail trail;
  private final Checkpoints checkpoints;

  /** Opens sealed entries; null where there are none. */
  private final @Nullable CaseAudit sealed;

  AuditRequests(AuditPorts ports, @Nullable LawfulPorts lawful) {
    this.trail = ports.trail();
    this.checkpoints = ports.checkpoints();
    this.sealed = lawful == null ? null : lawful.audit();
  }

  void add(RouteTable routes) {
    Access read = Access.of(Role.AUDITOR);
    routes.get("/v1/audit", read).answers(this::list);
    routes.get("/v1/audit/export", read).answers(this::export);
    routes
        .get("/v1/audit/checkpoint", Access.of(Role.AUDITOR, Role.OPERATOR, Role.PRIVACY))
        .answers(this::checkpoint);
  }

  JsonNode list(ServiceRequestContext context, AggregatedHttpRequest request) {
    long size = trail.size();
    long last = number(context, "last", -1);
    long from = last >= 0 ? Math.max(0, size - last) : number(context, "cursor", 0);
    int limit = Query.limit(context);
    ObjectNode answer = Json.object().put("size", size);
    ArrayNode entries = answer.putArray("entries");
    List<Trail.Stored> page = trail.page(from, limit);
    boolean opened = Caller.of(context).has(Role.DISCLOSURE);
    page.forEach(one -> add(entries, one, opened));
    return next(answer, from + page.size(), size);
  }

  private void add(ArrayNode entries, Trail.Stored one, boolean opened) {
    ObjectNode node = entries.addObject().put("hash", HexFormat.of().formatHex(one.hash()));
    Optional<SealedDraft> hidden = one.sealed();
    if (hidden.isPresent()) {
      ObjectNode entry = node.putObject("entry").put("entry", one.number()).put("sealed", true);
      CaseAudit opener = sealed;
      if (opened && opener != null) {
        opener
            .open(hidden.get())
            .ifPresent(
                draft ->
                    entry.putRawValue(
                        "opened", new RawValue(new String(draft.json(), StandardCharsets.UTF_8))));
      }
    } else {
      node.putRawValue("entry", new RawValue(text(one)));
    }
  }

  JsonNode checkpoint(ServiceRequestContext context, AggregatedHttpRequest request) {
    Checkpoints.Signed newest = checkpoints.newest();
    return Json.object()
        .put("trail", checkpoints.origin())
        .put("key", checkpoints.key().text())
        .put("entries", newest.size())
        .put("checkpoint", newest.note());
  }

  /**
   * A page of an export, up to the checkpoint that is signed for its first page; on a full disk, up
   * to the newest that there is.
   */
  JsonNode export(ServiceRequestContext context, AggregatedHttpRequest request) {
    long asked = number(context, "to", -1);
    long to = asked < 0 ? checkpoints.newest().size() : Math.min(asked, checkpoints.signed());
    long from = number(context, "cursor", 0);
    List<Trail.Stored> page = trail.page(from, (int) Math.min(Query.limit(context), to - from));
    long end = from + page.size();
    List<Checkpoints.Signed> notes = checkpoints.page(from + 1, end, page.size() + 1);
    ObjectNode answer =
        Json.object()
            .put("to", to)
            .put("header", TrailFile.header(checkpoints.origin(), checkpoints.keys(), to));
    ArrayNode lines = answer.putArray("lines");
    int note = 0;
    for (Trail.Stored one : page) {
      lines.add(text(one));
      for (; note < notes.size() && notes.get(note).size() == one.number() + 1; note++) {
        lines.add(TrailFile.checkpoint(notes.get(note).note()));
      }
    }
    return next(answer, end, to);
  }

  private static JsonNode next(ObjectNode answer, long next, long size) {
    return next < size ? answer.put("next", String.valueOf(next)) : answer;
  }

  private static String text(Trail.Stored one) {
    return new String(one.line(), StandardCharsets.UTF_8);
  }

  private static long number(ServiceRequestContext context, String name, long otherwise) {
    String text = Query.optional(context, name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw Problem.bad("BAD_CURSOR", name + " must be a number of entries");
    }
    return Long.parseLong(text);
  }
}
