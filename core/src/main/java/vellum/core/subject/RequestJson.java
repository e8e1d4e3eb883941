package vellum.core.subject;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import vellum.core.casefile.CaseException;
import vellum.core.casefile.CaseFile;
import vellum.core.casefile.CaseSubject;

/**
 * A request as the document of its case, which is sealed before it is stored. Names of fields are
 * stored: none is renamed, and a new one raises the format.
 *
 * <pre>{@code
 * {"format":1,"kind":"ACCESS","state":"OPEN","by":"…","received":"…","check":"…",
 *  "who":[{"kind":"number","value":"+49…","from":"…","to":"…"}],"accounts":["acme"],
 *  "correction":{"wrong":{…},"right":{…}},
 *  "extension":{"at":"…","by":"…","reason":"…"},
 *  "decision":{"granted":true,"at":"…","by":"…","reason":"…"},
 *  "answer":{"at":"…","by":"…","records":12,"accounts":[…],"of":3,"digest":"…","removed":"…"},
 *  "closing":"…"}
 * }</pre>
 */
final class RequestJson {

  static final int FORMAT = 1;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private RequestJson() {}

  /** The document of a request. */
  static byte[] write(Request request) {
    RequestOrder order = request.order();
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("format", FORMAT)
            .put("kind", order.kind().name())
            .put("state", request.state().name())
            .put("by", request.by())
            .put("received", order.receivedAt().toString())
            .put("check", order.identityCheck());
    ArrayNode who = json.putArray("who");
    for (ProvenSubject one : order.who()) {
      subject(who.addObject(), one.subject())
          .put("from", one.from().toString())
          .put("to", one.to().toString());
    }
    order.accounts().forEach(json.putArray("accounts")::add);
    order
        .correction()
        .ifPresent(
            correction -> {
              ObjectNode node = json.putObject("correction");
              subject(node.putObject("wrong"), correction.wrong());
              subject(node.putObject("right"), correction.right());
            });
    request
        .deadline()
        .extension()
        .ifPresent(one -> said(json.putObject("extension"), one.at(), one.by(), one.reason()));
    request
        .decision()
        .ifPresent(
            one ->
                said(json.putObject("decision"), one.at(), one.by(), one.reason())
                    .put("granted", one.granted()));
    request.answer().ifPresent(note -> answer(json.putObject("answer"), note));
    if (!request.closing().isEmpty()) {
      json.put("closing", request.closing());
    }
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  private static ObjectNode subject(ObjectNode node, CaseSubject subject) {
    return node.put("kind", subject.kind().name()).put("value", subject.value());
  }

  private static ObjectNode said(ObjectNode node, Instant at, String by, String reason) {
    return node.put("at", at.toString()).put("by", by).put("reason", reason);
  }

  private static void answer(ObjectNode node, AnswerNote note) {
    node.put("at", note.at().toString()).put("by", note.by()).put("records", note.records());
    note.accounts().forEach(node.putArray("accounts")::add);
    node.put("of", note.allAccounts()).put("digest", note.digest());
    note.removedAt().ifPresent(at -> node.put("removed", at.toString()));
  }

  /**
   * The request of a case.
   *
   * @throws RequestException.WrongFormat when another version wrote it
   * @throws CaseException.Corrupt when it is not what was written
   */
  static Request read(CaseFile file) {
    try {
      JsonNode json = MAPPER.readTree(file.document());
      int format = json.path("format").asInt();
      if (format != FORMAT) {
        throw new RequestException.WrongFormat(file.id(), format, FORMAT);
      }
      return read(file, json);
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      // A parser's words may repeat the document.
      throw new CaseException.Corrupt("the document of " + file.id().text(), null);
    }
  }

  private static Request read(CaseFile file, JsonNode json) {
    List<ProvenSubject> who = new ArrayList<>();
    for (JsonNode one : json.path("who")) {
      who.add(new ProvenSubject(subject(one), at(one, "from"), at(one, "to")));
    }
    JsonNode correction = json.path("correction");
    RequestOrder order =
        new RequestOrder(
            RequestKind.valueOf(json.path("kind").asText()),
            who,
            accounts(json.path("accounts")),
            json.path("check").asText(),
            at(json, "received"),
            correction.isObject()
                ? Optional.of(
                    new Correction(
                        subject(correction.path("wrong")), subject(correction.path("right"))))
                : Optional.empty());
    JsonNode extension = json.path("extension");
    JsonNode decision = json.path("decision");
    JsonNode answer = json.path("answer");
    return new Request(
        file.id(),
        file.revision(),
        RequestState.valueOf(json.path("state").asText()),
        order,
        json.path("by").asText(),
        file.createdAt(),
        new Deadline(
            order.receivedAt(),
            extension.isObject()
                ? Optional.of(
                    new Deadline.Extension(
                        at(extension, "at"),
                        extension.path("by").asText(),
                        extension.path("reason").asText()))
                : Optional.empty()),
        decision.isObject()
            ? Optional.of(
                new Decision(
                    decision.path("granted").asBoolean(),
                    decision.path("reason").asText(),
                    decision.path("by").asText(),
                    at(decision, "at")))
            : Optional.empty(),
        answer.isObject() ? Optional.of(answer(answer)) : Optional.empty(),
        json.path("closing").asText(""));
  }

  private static AnswerNote answer(JsonNode json) {
    return new AnswerNote(
        at(json, "at"),
        json.path("by").asText(),
        json.path("records").asLong(),
        List.copyOf(accounts(json.path("accounts"))),
        json.path("of").asInt(),
        json.path("digest").asText(),
        json.has("removed") ? Optional.of(at(json, "removed")) : Optional.empty());
  }

  private static CaseSubject subject(JsonNode json) {
    return new CaseSubject(
        CaseSubject.Kind.valueOf(json.path("kind").asText()), json.path("value").asText());
  }

  private static SortedSet<String> accounts(JsonNode json) {
    SortedSet<String> accounts = new TreeSet<>();
    json.forEach(one -> accounts.add(one.asText()));
    return accounts;
  }

  private static Instant at(JsonNode json, String field) {
    return Instant.parse(json.path(field).asText());
  }
}
