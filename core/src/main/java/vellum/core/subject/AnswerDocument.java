package vellum.core.subject;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The document of an answer: what was asked and decided, why what is kept for how long, who gets
 * it, and to whom the part about content was passed on. Names the person in clear inside of a
 * parcel only. Stateless.
 */
public final class AnswerDocument {

  private static final int FORMAT = 1;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private AnswerDocument() {}

  /** The document inside of a parcel: it names the person. */
  static byte[] bytes(Request request, AnswerNote note, AnswerParts parts, UsageAnswer usage) {
    ObjectNode json = of(request, note, parts);
    ArrayNode who = json.putArray("person");
    for (ProvenSubject one : request.order().who()) {
      who.addObject()
          .put("kind", one.subject().kind().text())
          .put("value", one.subject().value())
          .put("from", one.from().toString())
          .put("to", one.to().toString());
    }
    ArrayNode events = json.putArray("usage_events");
    usage.events().forEach(event -> events.addRawValue(new RawValue(event)));
    json.put("usage_events_cut", usage.cut());
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  /** The same for interfaces: it names nobody. */
  public static ObjectNode of(Request request, AnswerNote note, AnswerParts parts) {
    AnswerTexts texts = parts.texts();
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("format", FORMAT)
            .put("request", request.id().text())
            .put("kind", request.kind().text())
            .put("received_on", day(request).toString())
            .put("due", request.deadline().due().toString());
    request
        .decision()
        .ifPresent(
            decision ->
                json.put("granted", decision.granted())
                    .put("decided_at", decision.at().toString())
                    .put("reason", decision.reason()));
    json.put("records", note.records());
    if (request.isGranted() && request.kind().givesRecords()) {
      json.put("controller", texts.text("controller"));
      texts.list("purposes").forEach(json.putArray("purposes")::add);
      texts.periods(parts.policy().get()).forEach(json.putArray("periods")::add);
      texts.list("recipients").forEach(json.putArray("recipients")::add);
      json.put("source", texts.text("source")).put("masked", texts.text("masked"));
    }
    texts.list("rights").forEach(json.putArray("rights")::add);
    if (!note.accounts().isEmpty()) {
      content(json.putObject("content"), request, note, texts);
    }
    return json.put("statement", texts.statement(request.kind()));
  }

  /** Content is the accounts': who they are, and what each of them is told. */
  private static void content(
      ObjectNode json, Request request, AnswerNote note, AnswerTexts texts) {
    json.put("notice", texts.text("content_notice"));
    note.accounts().forEach(json.putArray("accounts")::add);
    json.put("all_accounts", note.allAccounts())
        .put(
            "forward",
            texts
                .text("forward")
                .replace("{kind}", request.kind().text())
                .replace("{request}", request.id().text())
                .replace("{received}", day(request).toString())
                .replace("{due}", request.deadline().due().toString()));
  }

  private static LocalDate day(Request request) {
    return LocalDate.ofInstant(request.order().receivedAt(), ZoneOffset.UTC);
  }
}
