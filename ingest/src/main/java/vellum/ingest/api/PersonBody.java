package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseSubject;
import vellum.core.record.CanonicalIdentity;
import vellum.core.subject.Correction;
import vellum.core.subject.ProvenSubject;
import vellum.core.subject.RequestKind;
import vellum.core.subject.RequestOrder;

/** A person's request, out of a body. Stateless. */
final class PersonBody {

  static final List<String> FIELDS =
      List.of(
          "kind",
          "subjects",
          "accounts",
          "identity_check",
          "received_at",
          "correct_to",
          "region",
          "override");

  private static final List<String> SUBJECT = List.of("subject", "kind", "from", "to");

  private PersonBody() {}

  /** The request. */
  static RequestOrder order(ObjectNode body, Instant now) {
    Instant receivedAt = instant(body, "received_at");
    Instant received = receivedAt == null ? now : receivedAt;
    List<ProvenSubject> who = new ArrayList<>();
    String region = Query.text(body, "region");
    for (JsonNode one : list(body, "subjects")) {
      who.add(subject(one, region, received));
    }
    RequestKind kind = kind(Query.text(body, "kind"));
    String check = Query.text(body, "identity_check");
    return new RequestOrder(
        kind,
        who,
        accounts(body),
        check == null ? "" : check.strip(),
        received,
        correction(Query.text(body, "correct_to"), region, who));
  }

  static RequestKind kind(@Nullable String text) {
    for (RequestKind kind : RequestKind.values()) {
      if (kind.text().equals(text)) {
        return kind;
      }
    }
    List<String> known = new ArrayList<>();
    for (RequestKind kind : RequestKind.values()) {
      known.add(kind.text());
    }
    throw Problem.bad("BAD_KIND", "kind must be one of " + known);
  }

  private static SortedSet<String> accounts(ObjectNode body) {
    SortedSet<String> accounts = new TreeSet<>();
    for (JsonNode one : list(body, "accounts")) {
      accounts.add(Query.account(one.isTextual() ? one.textValue() : null).value());
    }
    return accounts;
  }

  private static ProvenSubject subject(JsonNode one, @Nullable String region, Instant received) {
    if (!(one instanceof ObjectNode node)) {
      throw Problem.bad("BAD_FIELD", "subjects must be a list of objects");
    }
    Json.onlyFields(node, SUBJECT);
    String text = Query.text(node, "subject");
    return ProvenSubject.of(
        identity(text == null ? "" : text, Query.text(node, "kind"), region),
        instant(node, "from"),
        instant(node, "to"),
        received);
  }

  /** An identity in any spelling; of a kind that is said, or of the one that it looks like. */
  private static CaseSubject identity(String text, @Nullable String kind, @Nullable String region) {
    if (kind == null || kind.equals("number") && region != null) {
      return CaseSubject.of(parsed(text, region));
    }
    for (CaseSubject.Kind each : CaseSubject.Kind.values()) {
      if (each.text().equals(kind.toLowerCase(Locale.ROOT))) {
        return CaseSubject.of(each, text);
      }
    }
    throw Problem.bad("BAD_KIND", "a subject's kind must be number, address, imsi or other");
  }

  /** What is no identity is refused as any other wrong request is, not as a wrong command line. */
  private static CanonicalIdentity parsed(String text, @Nullable String region) {
    try {
      return SubjectText.ofCase(text, region);
    } catch (Problem e) {
      throw new Problem(HttpStatus.UNPROCESSABLE_ENTITY, "BAD_NUMBER", e.detail());
    }
  }

  private static Optional<Correction> correction(
      @Nullable String right, @Nullable String region, List<ProvenSubject> who) {
    if (right == null || who.isEmpty()) {
      return Optional.empty();
    }
    CaseSubject wrong = who.get(0).subject();
    return Optional.of(new Correction(wrong, identity(right, wrong.kind().text(), region)));
  }

  private static List<JsonNode> list(ObjectNode body, String field) {
    JsonNode node = body.path(field);
    if (!node.isMissingNode() && !node.isArray()) {
      throw Problem.bad("BAD_FIELD", field + " must be a list");
    }
    List<JsonNode> list = new ArrayList<>();
    node.forEach(list::add);
    return list;
  }

  private static @Nullable Instant instant(ObjectNode body, String field) {
    String text = Query.text(body, field);
    return text == null ? null : Instant.EPOCH.plus(Query.micros(text, field), ChronoUnit.MICROS);
  }

  /** A flag of a body; false when it is not there. */
  static boolean flag(ObjectNode body, String field) {
    JsonNode node = body.get(field);
    if (node != null && !node.isBoolean()) {
      throw Problem.bad("BAD_FIELD", field + " must be true or false");
    }
    return node != null && node.booleanValue();
  }
}
