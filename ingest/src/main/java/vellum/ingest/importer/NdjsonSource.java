package vellum.ingest.importer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One record a line, as {@link JsonRecords} reads them. For one thread. */
final class NdjsonSource implements RowReader {

  private final LineReader lines;
  private final JsonRecords records;

  NdjsonSource(LineReader lines, @Nullable String account) {
    this.lines = lines;
    this.records = new JsonRecords(account);
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
      return new Row.Mapped(line.number(), line.text(), records.of(line.text()));
    } catch (BadRow e) {
      return e.at(line.number(), line.text());
    }
  }
}
