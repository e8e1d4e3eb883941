package vellum.ingest.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import vellum.core.billing.Money;
import vellum.core.billing.Sum;

/**
 * A JSON object with long arrays of like rows, written as they come: a tree of a hundred thousand
 * rows takes longer to make and to collect than everything else about it. For one thread, once.
 *
 * <pre>
 *   {head..., "rows":[{...},{...}], "totals":[{...}]}
 * </pre>
 */
final class JsonRows {

  private static final int ROW_BYTES = 256;
  private static final int MOST_BYTES = 1 << 26;

  private final ByteArrayOutputStream out;
  private final JsonGenerator json;

  /** Something that writes; into memory, where nothing fails. */
  private interface Writing {
    void run() throws IOException;
  }

  /**
   * @param head fields before the arrays
   * @param rows how many there will be about
   */
  JsonRows(ObjectNode head, int rows) {
    out = new ByteArrayOutputStream((int) Math.min(MOST_BYTES, (rows + 4L) * ROW_BYTES));
    json = Json.generator(out);
    write(
        () -> {
          json.writeStartObject();
          for (Map.Entry<String, JsonNode> field : head.properties()) {
            json.writeFieldName(field.getKey());
            json.writeTree(field.getValue());
          }
        });
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins an array of rows. */
  void array(String name) {
    write(() -> json.writeArrayFieldStart(name));
  }

  void endArray() {
    write(json::writeEndArray);
  }

  void row() {
    write(json::writeStartObject);
  }

  void endRow() {
    write(json::writeEndObject);
  }

  void text(String name, String value) {
    write(() -> json.writeStringField(name, value));
  }

  void number(String name, Sum value) {
    write(
        () -> {
          json.writeFieldName(name);
          if (value.isLong()) {
            json.writeNumber(value.longValue());
          } else {
            json.writeNumber(value.value());
          }
        });
  }

  /** An amount as a text, and once more in nanos. */
  void money(String name, String nanosName, Sum nanos) {
    boolean isLong = nanos.isLong();
    text(name, isLong ? Money.text(nanos.longValue()) : Money.text(nanos.value()));
    text(nanosName, isLong ? Long.toString(nanos.longValue()) : nanos.value().toString());
  }

  HttpData end() {
    write(json::close);
    return HttpData.wrap(out.toByteArray());
  }
}
