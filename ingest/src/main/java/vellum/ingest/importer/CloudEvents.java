package vellum.ingest.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import vellum.v1.DetailRecord;

/**
 * Takes records out of CloudEvents 1.0 in their JSON format: {@code data} is a record's JSON. What
 * an event is called says nothing of the record, which several events may be about, so neither its
 * id nor its time is used. Thread-safe.
 */
public final class CloudEvents {

  /** The attribute that tells the version, and the one version that is taken. */
  public static final String SPEC_VERSION = "specversion";

  public static final String VERSION = "1.0";

  /** Attributes that an event must have beside it. */
  public static final List<String> REQUIRED = List.of("id", "source", "type");

  private final JsonRecords records;

  CloudEvents(JsonRecords records) {
    this.records = records;
  }

  /** The record in an event. */
  DetailRecord of(ObjectNode event) {
    if (!event.path(SPEC_VERSION).asText().equals(VERSION)) {
      throw bad(SPEC_VERSION, "must be " + VERSION);
    }
    for (String name : REQUIRED) {
      JsonNode value = event.path(name);
      if (!value.isTextual() || value.textValue().isEmpty()) {
        throw bad(name, "must be a text that is not empty");
      }
    }
    String type = event.path("datacontenttype").asText("application/json");
    if (!isJson(type.toLowerCase(Locale.ROOT))) {
      throw bad("datacontenttype", "must be JSON");
    }
    if (!(event.get("data") instanceof ObjectNode data)) {
      throw bad("data", "must be a JSON object: the record");
    }
    return records.of(data);
  }

  private static boolean isJson(String type) {
    String plain = type.split(";", 2)[0].strip();
    return plain.endsWith("/json") || plain.endsWith("+json");
  }

  private static BadRow bad(String attribute, String reason) {
    return new BadRow(BadRowCode.BAD_EVENT, attribute, reason);
  }
}
