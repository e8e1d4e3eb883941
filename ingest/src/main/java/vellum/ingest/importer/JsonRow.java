package vellum.ingest.importer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of a stream as flat {@link Fields}, and as text for the rejects file. An object
 * beyond the bounds is read to its end and not kept. Not thread-safe.
 */
final class JsonRow {

  /** Strict JSON with bounds on everything that could grow. */
  static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxNameLength(256)
                  .maxNumberLength(64)
                  .maxStringLength(LineReader.MAX_LINE_BYTES)
                  .build())
          .build();

  private final JsonParser parser;
  private final Fields fields = new Fields();
  private final StringWriter raw = new StringWriter();
  private final JsonGenerator copy;
  private @Nullable BadRow fault;

  private JsonRow(JsonParser parser) throws IOException {
    this.parser = parser;
    this.copy = JSON.createGenerator(raw);
  }

  /** Reads the object whose start the parser is at, to its end. */
  static JsonRow read(JsonParser parser) throws IOException {
    JsonRow row = new JsonRow(parser);
    row.keep(parser.currentToken());
    row.object("");
    row.copy.flush();
    return row;
  }

  /** The fields, or the {@link BadRow} that the object is. */
  Fields fields() {
    if (fault != null) {
      throw fault;
    }
    return fields;
  }

  String raw() {
    return raw.toString();
  }

  private void object(String prefix) throws IOException {
    JsonToken token = next();
    while (token != JsonToken.END_OBJECT) {
      String name = prefix + parser.currentName();
      value(name, next());
      token = next();
    }
  }

  private void array(String name) throws IOException {
    JsonToken token = next();
    for (int i = 0; token != JsonToken.END_ARRAY; i++) {
      value(fault == null ? name + '[' + i + ']' : name, token);
      token = next();
    }
  }

  private void value(String name, JsonToken token) throws IOException {
    switch (token) {
      case START_OBJECT -> object(fault == null ? name + '.' : "");
      case START_ARRAY -> array(name);
      case VALUE_NULL -> {}
      default -> put(name, parser.getText());
    }
  }

  private void put(String name, String text) {
    if (fault != null) {
      return;
    }
    try {
      fields.put(name, text);
    } catch (BadRow e) {
      fault = e;
    }
  }

  private JsonToken next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new BrokenInput("ends inside an object");
    }
    keep(token);
    return token;
  }

  private void keep(@Nullable JsonToken token) throws IOException {
    if (token == null || fault != null) {
      return;
    }
    copy.copyCurrentEvent(parser);
    if (copy.getOutputBuffered() > 0) {
      copy.flush();
    }
    if (raw.getBuffer().length() > LineReader.MAX_LINE_BYTES) {
      fault =
          new BadRow(
              BadRowCode.ROW_TOO_LARGE, "", "longer than " + LineReader.MAX_LINE_BYTES + " bytes");
    }
  }
}
