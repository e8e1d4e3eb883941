package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.core.record.CanonicalIdentity;
import vellum.core.seal.Mask;
import vellum.core.seal.SealedRecord;

/**
 * Answers which records a person takes part in. The person comes in the body, so that no number
 * gets into an address or a log. Thread-safe.
 */
final class SubjectRequests {

  private static final Set<String> FIELDS = Set.of("subject", "region", "reveal", "limit");

  private final ApiPorts ports;
  private final Freshness freshness;

  SubjectRequests(ApiPorts ports, Freshness freshness) {
    this.ports = ports;
    this.freshness = freshness;
  }

  JsonNode find(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                throw Problem.bad("UNKNOWN_FIELD", "the body may have " + FIELDS);
              }
            });
    String text = text(body, "subject");
    if (text == null) {
      throw Problem.bad("BAD_SUBJECT", "subject is missing");
    }
    CanonicalIdentity subject = SubjectText.parse(text, text(body, "region"));
    boolean reveal = reveal(body);
    int limit = limit(body);
    freshness.await();
    List<SealedRecord> found = ports.finder().ofSubject(subject, limit + 1);
    ObjectNode answer = Json.object();
    answer
        .putObject("subject")
        .put("kind", subject.identityClass().name())
        .put("masked", Mask.of(subject.identityClass(), subject.text()));
    new RecordView(ports.keys(), reveal)
        .addAll(answer.putArray("records"), found.subList(0, Math.min(limit, found.size())));
    return answer.put("truncated", found.size() > limit);
  }

  private static @Nullable String text(ObjectNode body, String field) {
    JsonNode node = body.get(field);
    if (node == null || node.isNull()) {
      return null;
    } else if (node.isTextual()) {
      return node.textValue();
    }
    throw Problem.bad("BAD_FIELD", field + " must be a text");
  }

  private static boolean reveal(ObjectNode body) {
    JsonNode node = body.get("reveal");
    if (node != null && !node.isBoolean()) {
      throw Problem.bad("BAD_FIELD", "reveal must be true or false");
    }
    return node != null && node.booleanValue();
  }

  private static int limit(ObjectNode body) {
    JsonNode node = body.get("limit");
    if (node == null) {
      return Query.MAX_RECORDS;
    }
    return Query.limit(node.isInt() ? node.intValue() : 0);
  }
}
