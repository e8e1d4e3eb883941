package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import vellum.core.casefile.ScopeJson;
import vellum.core.hold.Hold;
import vellum.core.search.ErasedPeriod;

/** Holds as answers show them, to whom they are shown. Stateless. */
final class HoldJson {

  private HoldJson() {}

  /** Of a list: without whom it is about. */
  static ObjectNode summary(Hold hold) {
    ObjectNode json =
        Json.object()
            .put("id", hold.id().text())
            .put("state", hold.state().text())
            .put("type", hold.type().text())
            .put("reach", hold.reach().text())
            .put("subjects", hold.scope().subjects().size())
            .put("accounts", hold.scope().accounts().size())
            .put("from", hold.scope().from().toString())
            .put("to", hold.scope().to().toString())
            .put("reference", hold.reference())
            .put("starts_at", hold.startsAt().toString())
            .put("expires_at", hold.expiresAt().toString())
            .put("secret", hold.secret())
            .put("copied", hold.copied())
            .put("placed_at", hold.placedAt().toString())
            .put("placed_by", hold.placedBy());
    hold.end().ifPresent(end -> json.put("key_destroyed_at", end.destroyedAt().toString()));
    return json;
  }

  /** All of it, with whom it is about. */
  static ObjectNode of(Hold hold) {
    ObjectNode json = summary(hold);
    json.remove(List.of("subjects", "accounts", "from", "to"));
    json.put("legal_basis", hold.legalBasis()).put("vault", hold.vault().toString());
    json.set("scope", ScopeJson.write(hold.scope()));
    return json;
  }

  /** Adds what of its scope was no longer held when it was placed. */
  static ObjectNode putMissing(ObjectNode json, Hold hold, List<ErasedPeriod> erased) {
    ArrayNode missing = json.putArray("no_longer_held");
    for (ErasedPeriod one : erased) {
      Instant at = one.erasedAt();
      if (at == null || at.isBefore(hold.placedAt())) {
        missing
            .addObject()
            .put("period", one.period())
            .put("from", one.from().toString())
            .put("to", one.to().toString())
            .put("reason", one.text());
      }
    }
    return json;
  }

  /** The same with what was done, and the certificate of its end. */
  static ObjectNode of(Hold hold, List<Hold> history) {
    ObjectNode json = of(hold);
    ArrayNode changes = json.putArray("history");
    for (Hold one : history) {
      changes
          .addObject()
          .put("revision", one.revision())
          .put("state", one.state().text())
          .put("expires_at", one.expiresAt().toString())
          .put("at", one.last().at().toString())
          .put("by", one.last().by())
          .put("reason", one.last().reason());
    }
    hold.end()
        .ifPresent(
            end -> {
              ObjectNode node = json.putObject("end");
              node.put("key", end.key())
                  .put("destroyed_at", end.destroyedAt().toString())
                  .put("records", end.records());
              end.certificate().ifPresent(cms -> node.put("certificate", cms));
            });
    return json;
  }
}
