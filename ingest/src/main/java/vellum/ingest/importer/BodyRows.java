package vellum.ingest.importer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vellum.v1.DetailRecord;

/** The rows of a request's body, in our own formats. For one thread. */
public final class BodyRows {

  private final RowReader rows;

  /** How a body is written. */
  public enum Form {
    /** One record's JSON object, or an array of them. */
    JSON,
    /** One record's JSON object a line. */
    NDJSON,
    /** A header of field names, then one record a row (RFC 4180). */
    CSV,
    /** One CloudEvent in the JSON format, or an array of them; the records are their data. */
    EVENTS
  }

  private BodyRows(RowReader rows) {
    this.rows = rows;
  }

  /**
   * @param account of records that name none; null when each must
   */
  public static BodyRows of(Form form, byte[] body, @Nullable String account) {
    InputStream in = new ByteArrayInputStream(body);
    try {
      return new BodyRows(
          switch (form) {
            case JSON -> json(in, new JsonRecords(account)::of);
            case NDJSON -> new NdjsonSource(new LineReader(in), account);
            case CSV -> new CsvSource(new LineReader(in), new CsvRecords(account));
            case EVENTS -> json(in, new CloudEvents(new JsonRecords(account))::of);
          });
    } catch (IOException e) {
      throw new UncheckedIOException("a body is read from memory", e);
    }
  }

  private static RowReader json(InputStream in, Function<ObjectNode, DetailRecord> mapper)
      throws IOException {
    return new JsonSource(in, mapper);
  }

  /**
   * The next row, or null after the last one.
   *
   * @throws ImportException.BadHeader when a CSV header cannot be used
   * @throws ImportException.BrokenDocument when JSON is not one whole document
   */
  public @Nullable Row next() {
    try {
      return rows.next();
    } catch (BrokenInput e) {
      throw new ImportException.BrokenDocument(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("a body is read from memory", e);
    }
  }
}
