package vellum.ingest.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import vellum.v1.DetailRecord;

/**
 * Makes records of JSON objects in the Protobuf JSON mapping. Unknown fields are errors. An object
 * without {@code record_id} may have one member that the schema has not, {@code foreign_id}: see
 * {@link RecordHeader}. Thread-safe.
 */
final class JsonRecords {

  static final JsonFormat.Parser RECORDS = JsonFormat.parser();

  private static final ObjectReader ELEMENT = reader().build().reader();

  private static final ObjectReader WHOLE =
      reader().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

  private final RecordHeader header;

  JsonRecords(@Nullable String account) {
    this.header = new RecordHeader(account);
  }

  private static JsonMapper.Builder reader() {
    return JsonMapper.builder(JsonRow.JSON)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  }

  /** Strict JSON: the Protobuf parser would take comments, trailing text and repeated names. */
  static JsonNode tree(String text) {
    try {
      return WHOLE.readTree(text);
    } catch (JsonProcessingException | RuntimeException e) {
      throw new BadRow(BadRowCode.BAD_JSON, "", "not valid JSON");
    }
  }

  /** The value that a parser is at the start of. */
  static JsonNode tree(JsonParser parser) throws IOException {
    return ELEMENT.readTree(parser);
  }

  /** The record of one text. */
  DetailRecord of(String text) {
    if (tree(text) instanceof ObjectNode row) {
      return of(row, text);
    }
    throw new BadRow(BadRowCode.BAD_JSON, "", "not a JSON object");
  }

  /** The record of an object, which loses what the schema has not. */
  DetailRecord of(ObjectNode row) {
    String text = row.toString();
    if (isTooLong(text)) {
      throw new BadRow(
          BadRowCode.ROW_TOO_LARGE, "", "longer than " + LineReader.MAX_LINE_BYTES + " bytes");
    }
    return of(row, text);
  }

  /** A character has one byte at least, and three at most. */
  private static boolean isTooLong(String text) {
    int most = LineReader.MAX_LINE_BYTES;
    return text.length() > most
        || (text.length() > most / 3 && text.getBytes(StandardCharsets.UTF_8).length > most);
  }

  private DetailRecord of(ObjectNode row, String text) {
    JsonNode foreign = row.remove(RecordHeader.FOREIGN_ID);
    DetailRecord.Builder record = DetailRecord.newBuilder();
    try {
      RECORDS.merge(foreign == null ? text : row.toString(), record);
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      throw MisfitField.of(row);
    }
    header.complete(record, foreign == null ? "" : foreign.asText().trim());
    return record.build();
  }
}
