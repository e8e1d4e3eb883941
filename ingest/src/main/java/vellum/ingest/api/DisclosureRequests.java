package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vellum.core.access.Role;
import vellum.core.audit.AuditEvent;
import vellum.core.order.Disclosure;
import vellum.core.order.DisclosureJournal;

/** Shows the journal of disclosures, and its statistics. It names no subject. Thread-safe. */
final class DisclosureRequests {

  private final DisclosureJournal journal;
  private final String signer;

  DisclosureRequests(OrderPorts ports) {
    this.journal = ports.journal();
    this.signer = ports.signer();
  }

  void add(RouteTable routes) {
    Access readers = Access.of(Role.DISCLOSURE, Role.PRIVACY, Role.AUDITOR);
    routes.get("/v1/disclosures", readers).answers(this::list);
    routes
        .get(
            "/v1/disclosures/signer",
            Access.of(Role.DISCLOSURE, Role.APPROVER, Role.PRIVACY, Role.AUDITOR))
        .answers(this::signer);
  }

  private JsonNode list(ServiceRequestContext context, AggregatedHttpRequest request) {
    List<Disclosure> entries = entries(Query.optional(context, "year"));
    Function<Disclosure, String> by = by(Query.optional(context, "by"));
    ObjectNode answer = Json.object();
    if (by == null) {
      ArrayNode all = answer.putArray("disclosures");
      entries.forEach(one -> all.add(OrderView.of(one)));
    } else {
      ArrayNode counts = answer.putArray("statistics");
      DisclosureJournal.count(entries, by).forEach(one -> counts.add(OrderView.of(one)));
    }
    Audited audited = Audited.of(context);
    audited.answered(audited.draft(AuditEvent.DISCLOSURES_READ).counting(entries.size()));
    return answer;
  }

  JsonNode signer(ServiceRequestContext context, AggregatedHttpRequest request) {
    return Json.object().put("pem", signer);
  }

  private List<Disclosure> entries(@Nullable String year) {
    if (year == null) {
      return journal.all();
    }
    if (!year.matches("[0-9]{4}")) {
      throw Problem.bad("BAD_YEAR", "year must be a year such as 2026");
    }
    return journal.ofYear(Integer.parseInt(year));
  }

  private static @Nullable Function<Disclosure, String> by(@Nullable String by) {
    if (by == null) {
      return null;
    }
    return switch (by) {
      case "country" -> Disclosure::country;
      case "type" -> Disclosure::type;
      default -> throw Problem.bad("BAD_BY", "by must be country or type");
    };
  }
}
