package vellum.ingest.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vellum.v1.DetailRecord;

/**
 * The rows of one JSON document: an object, or an array of them, read one at a time. What is not
 * one whole document is {@link BrokenInput}. For one thread.
 */
final class JsonSource implements RowReader {

  private final JsonParser parser;
  private final Function<ObjectNode, DetailRecord> mapper;
  private boolean begun;
  private boolean inArray;
  private boolean ended;

  /**
   * @param mapper makes the record of an object, or throws {@link BadRow}
   */
  JsonSource(InputStream in, Function<ObjectNode, DetailRecord> mapper) throws IOException {
    this.parser = JsonRow.JSON.createParser(in);
    this.mapper = mapper;
  }

  @Override
  public @Nullable Row next() throws IOException {
    if (ended) {
      return null;
    }
    try {
      return begun ? more() : first();
    } catch (JsonProcessingException e) {
      throw new BrokenInput("not valid JSON");
    }
  }

  private @Nullable Row first() throws IOException {
    begun = true;
    JsonToken token = parser.nextToken();
    inArray = token == JsonToken.START_ARRAY;
    if (inArray) {
      return more();
    } else if (token != JsonToken.START_OBJECT) {
      throw new BrokenInput("neither a JSON object nor an array");
    }
    return row();
  }

  private @Nullable Row more() throws IOException {
    JsonToken token = inArray ? parser.nextToken() : JsonToken.END_ARRAY;
    if (token == null) {
      throw new BrokenInput("ends inside an array");
    } else if (token != JsonToken.END_ARRAY) {
      return row();
    }
    ended = true;
    if (parser.nextToken() != null) {
      throw new BrokenInput("goes on behind its end");
    }
    return null;
  }

  private Row row() throws IOException {
    long line = parser.currentTokenLocation().getLineNr();
    JsonNode node = JsonRecords.tree(parser);
    if (!(node instanceof ObjectNode object)) {
      return new Row.Bad(line, "", BadRowCode.BAD_JSON, "", "not a JSON object");
    }
    try {
      return new Row.Mapped(line, "", mapper.apply(object));
    } catch (BadRow e) {
      return e.at(line, "");
    }
  }
}
