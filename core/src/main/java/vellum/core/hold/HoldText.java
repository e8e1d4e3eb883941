package vellum.core.hold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import vellum.core.casefile.CaseException;
import vellum.core.casefile.CaseFile;
import vellum.core.casefile.ScopeJson;
import vellum.core.record.MonthId;

/**
 * The document of a hold's case, format 1. Stateless.
 *
 * <pre>{@code
 * {"format":1,"type":"litigation","reach":"ongoing","scope":{…},"legal_basis":"…","reference":"…",
 *  "starts_at":"…Z","expires_at":"…Z","secret":false,"vault":"2026-11.hold-…","state":"active",
 *  "copied":12,"placed_by":"jane","last":{"at":"…Z","by":"jane","reason":"…"},
 *  "end":{"key":"…","destroyed_at":"…Z","records":12,"certificate":"<base64>"}}
 * }</pre>
 */
final class HoldText {

  static final int FORMAT = 1;

  private static final JsonMapper MAPPER = new JsonMapper();

  private HoldText() {}

  static byte[] write(Hold hold) {
    ObjectNode json = MAPPER.createObjectNode().put("format", FORMAT);
    json.put("type", hold.type().text()).put("reach", hold.reach().text());
    json.set("scope", ScopeJson.write(hold.scope()));
    json.put("legal_basis", hold.legalBasis())
        .put("reference", hold.reference())
        .put("starts_at", hold.startsAt().toString())
        .put("expires_at", hold.expiresAt().toString())
        .put("secret", hold.secret())
        .put("vault", hold.vault().toString())
        .put("state", hold.state().text())
        .put("copied", hold.copied())
        .put("placed_by", hold.placedBy());
    json.putObject("last")
        .put("at", hold.last().at().toString())
        .put("by", hold.last().by())
        .put("reason", hold.last().reason());
    hold.end()
        .ifPresent(
            end -> {
              ObjectNode node = json.putObject("end");
              node.put("key", end.key())
                  .put("destroyed_at", end.destroyedAt().toString())
                  .put("records", end.records());
              end.certificate().ifPresent(cms -> node.put("certificate", cms));
            });
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers can be written", e);
    }
  }

  static Hold read(CaseFile file) {
    try {
      JsonNode json = MAPPER.readTree(file.document());
      checkFormat(json.required("format").asInt());
      return new Hold(
          file.id(),
          file.revision(),
          constant(HoldType.class, json, "type"),
          constant(HoldReach.class, json, "reach"),
          ScopeJson.read(json.required("scope")),
          text(json, "legal_basis"),
          text(json, "reference"),
          instant(json, "starts_at"),
          instant(json, "expires_at"),
          json.required("secret").booleanValue(),
          MonthId.parse(text(json, "vault")),
          constant(HoldState.class, json, "state"),
          json.required("copied").longValue(),
          file.createdAt(),
          text(json, "placed_by"),
          change(json.required("last")),
          json.has("end") ? Optional.of(end(json.required("end"))) : Optional.empty());
    } catch (IOException
        | IllegalArgumentException
        | DateTimeException
        | CaseException.BadScope
        | CaseException.BadSubject e) {
      throw new CaseException.Corrupt("the document of a hold is not what was written", e);
    }
  }

  private static void checkFormat(int format) {
    if (format > FORMAT) {
      throw new CaseException.TooNew("the document of a hold", format, FORMAT);
    }
    if (format < FORMAT) {
      throw new CaseException.TooOld("the document of a hold", format);
    }
  }

  private static Hold.Change change(JsonNode json) {
    return new Hold.Change(instant(json, "at"), text(json, "by"), text(json, "reason"));
  }

  private static HoldEnd end(JsonNode json) throws IOException {
    JsonNode cms = json.get("certificate");
    return new HoldEnd(
        text(json, "key"),
        instant(json, "destroyed_at"),
        json.required("records").longValue(),
        cms == null ? Optional.empty() : Optional.of(cms.binaryValue()));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, JsonNode json, String field) {
    return Enum.valueOf(type, text(json, field).toUpperCase(Locale.ROOT));
  }

  private static Instant instant(JsonNode json, String field) {
    return Instant.parse(text(json, field));
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.required(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(field);
    }
    return value.textValue();
  }
}
