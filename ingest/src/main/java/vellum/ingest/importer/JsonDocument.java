package vellum.ingest.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of JSON documents, streamed: the objects in an array of a known name, as in {@code
 * {"results":[...]}}, or in an array at the top. Broken JSON ends the reading. For one thread.
 */
final class JsonDocument implements RowReader {

  private final JsonParser parser;
  private final Set<String> arrays;
  private final RowMapper mapper;
  private boolean inArray;
  private boolean found;

  JsonDocument(InputStream in, Set<String> arrays, RowMapper mapper) throws IOException {
    this.parser = JsonRow.JSON.createParser(in);
    this.arrays = arrays;
    this.mapper = mapper;
  }

  @Override
  public @Nullable Row next() throws IOException {
    try {
      JsonToken token;
      do {
        if (!inArray && !seekArray()) {
          return end();
        }
        token = parser.nextToken();
        inArray = token != JsonToken.END_ARRAY;
      } while (!inArray);
      return row(token);
    } catch (JsonProcessingException e) {
      throw new BrokenInput("not valid JSON");
    }
  }

  private Row row(@Nullable JsonToken token) throws IOException {
    long line = parser.currentTokenLocation().getLineNr();
    if (token == null) {
      throw new BrokenInput("ends inside an array");
    }
    if (token != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return new Row.Bad(line, "", BadRowCode.BAD_JSON, "", "not a JSON object");
    }
    JsonRow row = JsonRow.read(parser);
    try {
      return new Row.Mapped(line, row.raw(), mapper.map(row.fields()));
    } catch (BadRow e) {
      return e.at(line, row.raw());
    }
  }

  /** Goes to the start of the next array of rows; false at the end of the stream. */
  private boolean seekArray() throws IOException {
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      switch (token) {
        case START_ARRAY -> {
          found = true;
          return true;
        }
        case FIELD_NAME -> {
          String name = parser.currentName();
          if (parser.nextToken() == JsonToken.START_ARRAY && arrays.contains(name)) {
            found = true;
            return true;
          }
          parser.skipChildren();
        }
        case START_OBJECT, END_OBJECT -> {}
        default -> throw new BrokenInput("not a JSON object or array");
      }
    }
    return false;
  }

  private @Nullable Row end() {
    if (found) {
      return null;
    }
    found = true;
    return new Row.Bad(
        1, "", BadRowCode.BAD_JSON, "", "no array named " + String.join(" or ", arrays));
  }
}
