package vellum.bench.peers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;

/**
 * The rows of Vellum's answer about totals, added up while they are read, as a caller does who has
 * no use for a tree of some ten thousand of them. For one thread.
 */
final class TotalsAnswer {

  private static final JsonFactory JSON = new JsonFactory();

  private long rows;
  private long records;
  private long units;
  private long saleNanos;

  /** Reads an answer. */
  void read(InputStream body) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("rows")) {
          readRows(parser);
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private void readRows(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      rows++;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "count" -> records += parser.getLongValue();
          case "units" -> units += parser.getLongValue();
          case "amount_nanos" -> saleNanos += Long.parseLong(parser.getText());
          default -> {}
        }
      }
    }
  }

  Peer.Totals totals() {
    return new Peer.Totals(rows, records, units, saleNanos);
  }
}
