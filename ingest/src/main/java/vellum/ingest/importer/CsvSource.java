package vellum.ingest.importer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.v1.DetailRecord;

/**
 * The rows of a CSV file (RFC 4180), each bounded. A quote that is never closed costs its own line
 * only: the lines that it swallowed are read again. For one thread.
 */
final class CsvSource implements RowReader {

  private static final int MAX_COLUMNS = Fields.MAX_FIELDS;

  private static final ObjectReader READER =
      new CsvMapper()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .disable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .readerFor(String[].class);

  /** What becomes of the header and of each row. */
  interface Rows {

    /**
     * Takes the header.
     *
     * @throws ImportException.BadHeader when it cannot be used
     */
    void header(List<String> names);

    /** Maps a row with as many values as the header has names. */
    DetailRecord map(List<String> values);
  }

  private final LineReader lines;
  private final Rows rows;
  private final Deque<LineReader.Line> again = new ArrayDeque<>();
  private int columns = -1;

  CsvSource(LineReader lines, Rows rows) {
    this.lines = lines;
    this.rows = rows;
  }

  @Override
  public @Nullable Row next() throws IOException {
    if (columns < 0) {
      readHeader();
    }
    LineReader.Line line = line();
    while (line != null && line.fault() == null && line.text().isBlank()) {
      line = line();
    }
    if (line == null) {
      return null;
    }
    String raw = line.text();
    try {
      if (line.fault() != null) {
        throw line.fault();
      }
      raw = row(line);
      List<String> values = split(raw);
      if (values.size() != columns) {
        throw bad("as many values as columns are needed: " + columns);
      }
      return new Row.Mapped(line.number(), raw, rows.map(values));
    } catch (BadRow e) {
      return e.at(line.number(), raw);
    }
  }

  private void readHeader() throws IOException {
    LineReader.Line line = line();
    try {
      if (line == null || line.fault() != null) {
        throw new ImportException.BadHeader("the file has no readable header line");
      }
      List<String> names = split(line.text()).stream().map(String::trim).toList();
      if (names.size() > MAX_COLUMNS) {
        throw new ImportException.BadHeader("more than " + MAX_COLUMNS + " columns");
      }
      columns = names.size();
      rows.header(names);
    } catch (BadRow e) {
      throw new ImportException.BadHeader("the header is not a row of CSV");
    }
  }

  private LineReader.@Nullable Line line() throws IOException {
    return again.isEmpty() ? lines.next() : again.poll();
  }

  /** The row that begins with this line: more lines while a quote is open. */
  private String row(LineReader.Line first) throws IOException {
    boolean open = quotes(first.text()) % 2 == 1;
    if (!open) {
      return first.text();
    }
    StringBuilder row = new StringBuilder(first.text());
    Deque<LineReader.Line> taken = new ArrayDeque<>();
    while (open) {
      LineReader.Line line = line();
      if (line != null) {
        taken.add(line);
      }
      if (line == null
          || line.fault() != null
          || row.length() + line.text().length() > LineReader.MAX_LINE_BYTES) {
        giveBack(taken);
        throw bad("a quote is opened and not closed");
      }
      row.append('\n').append(line.text());
      open = quotes(line.text()) % 2 == 0;
    }
    return row.toString();
  }

  private void giveBack(Deque<LineReader.Line> taken) {
    while (!taken.isEmpty()) {
      again.addFirst(taken.pollLast());
    }
  }

  private static int quotes(String text) {
    int count = 0;
    for (int i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i + 1)) {
      count++;
    }
    return count;
  }

  private static List<String> split(String row) throws IOException {
    try (MappingIterator<String[]> iterator = READER.readValues(row)) {
      List<String> values =
          iterator.hasNextValue() ? Arrays.asList(iterator.nextValue()) : List.of();
      if (values.isEmpty() || iterator.hasNextValue()) {
        throw bad("not one row");
      }
      return values;
    } catch (JsonProcessingException | RuntimeException e) {
      throw e instanceof BadRow bad ? bad : bad("not a row of RFC 4180");
    }
  }

  private static BadRow bad(String reason) {
    return new BadRow(BadRowCode.BAD_CSV, "", reason);
  }
}
