package vellum.ingest.importer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import vellum.v1.DetailRecord;

/**
 * One record a line in the Protobuf JSON mapping. Unknown fields are errors. A line without {@code
 * record_id} may have one member that the schema has not, {@code foreign_id}: see {@link
 * RecordHeader}. For one thread.
 */
final class NdjsonSource implements RowReader {

  static final JsonFormat.Parser RECORDS = JsonFormat.parser();

  private static final ObjectReader JSON =
      JsonMapper.builder(JsonRow.JSON)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .reader();

  private final LineReader lines;
  private final RecordHeader header;

  NdjsonSource(LineReader lines, @Nullable String account) {
    this.lines = lines;
    this.header = new RecordHeader(account);
  }

  @Override
  public @Nullable Row next() throws IOException {
    LineReader.Line line = lines.next();
    while (line != null && line.fault() == null && line.text().isBlank()) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    try {
      if (line.fault() != null) {
        throw line.fault();
      }
      return new Row.Mapped(line.number(), line.text(), map(line.text()));
    } catch (BadRow e) {
      return e.at(line.number(), line.text());
    }
  }

  private DetailRecord map(String text) {
    JsonNode tree = tree(text);
    if (!(tree instanceof ObjectNode row)) {
      throw new BadRow(BadRowCode.BAD_JSON, "", "not a JSON object");
    }
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

  /** Strict JSON: the Protobuf parser would take comments, trailing text and repeated names. */
  static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException | RuntimeException e) {
      throw new BadRow(BadRowCode.BAD_JSON, "", "not valid JSON");
    }
  }
}
