package vellum.ingest.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a file with one provider's JSON object a line. For one thread. */
final class JsonLines implements RowReader {

  private final LineReader lines;
  private final RowMapper mapper;

  JsonLines(LineReader lines, RowMapper mapper) {
    this.lines = lines;
    this.mapper = mapper;
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
      return new Row.Mapped(line.number(), line.text(), mapper.map(fields(line.text())));
    } catch (BadRow e) {
      return e.at(line.number(), line.text());
    }
  }

  private static Fields fields(String text) throws IOException {
    try (JsonParser parser = JsonRow.JSON.createParser(text)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        JsonRow row = JsonRow.read(parser);
        if (parser.nextToken() == null) {
          return row.fields();
        }
      }
    } catch (JsonProcessingException | BrokenInput e) {
      throw new BadRow(BadRowCode.BAD_JSON, "", "not valid JSON");
    }
    throw new BadRow(BadRowCode.BAD_JSON, "", "not one JSON object");
  }
}
