package vellum.ingest.importer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vellum.core.rerating.Rate;
import vellum.core.rerating.RateTable;
import vellum.core.rerating.RatesException;

/**
 * A file of rates: CSV (RFC 4180) in UTF-8, a header and a rate a line. Read whole or not at all:
 * the first row that is wrong is named by its line and column. Stateless.
 *
 * <p>Columns, in any order: {@code mcc_mnc, channel, traffic_type, unit_price, currency}, and where
 * they are wanted {@code account, direction, country, unit_type, from, to}.
 */
public final class RatesFile {

  /** Bytes of a file, at most. */
  public static final int MOST_BYTES = 8 << 20;

  private static final int MOST_LINE_CHARS = 4_096;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final ObjectReader READER =
      new CsvMapper()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .disable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .readerFor(String[].class);

  private RatesFile() {}

  /**
   * Reads the rates.
   *
   * @throws RatesException naming line and column
   */
  public static RateTable read(byte[] csv) {
    if (csv.length > MOST_BYTES) {
      throw new RatesException.BadSize(
          "rates must have at most " + MOST_BYTES + " bytes: " + csv.length);
    }
    String[] lines = text(csv).split("\n", -1);
    RateColumns columns = null;
    List<Rate> rates = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      String line =
          lines[i].endsWith("\r") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
      if (line.isBlank()) {
        continue;
      }
      List<String> values = split(line, i + 1);
      if (columns == null) {
        columns = RateColumns.of(values, i + 1);
      } else {
        if (rates.size() == RateTable.MOST_RATES) {
          throw new RatesException.BadSize(
              "rates must have at most " + RateTable.MOST_RATES + " rows: line " + (i + 1));
        }
        rates.add(columns.rate(values, i + 1));
      }
    }
    if (columns == null) {
      throw new RatesException.BadSize("rates must have a header line and a rate");
    }
    return RateTable.of(rates);
  }

  private static String text(byte[] csv) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(csv)).toString();
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new RatesException.BadSize("rates must be text in UTF-8");
    }
  }

  private static List<String> split(String line, int number) {
    if (line.length() > MOST_LINE_CHARS) {
      throw new RatesException.BadRow(
          number, "", "has more than " + MOST_LINE_CHARS + " characters");
    }
    if (line.chars().filter(c -> c == '"').count() % 2 != 0) {
      throw new RatesException.BadRow(number, "", "a quote is opened and not closed");
    }
    try (MappingIterator<String[]> rows = READER.readValues(line)) {
      List<String> values = rows.hasNextValue() ? Arrays.asList(rows.nextValue()) : List.of();
      if (!values.isEmpty() && !rows.hasNextValue()) {
        return values.stream().map(String::trim).toList();
      }
    } catch (JsonProcessingException e) {
      // Said below; the parser's words may repeat the row.
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory is always readable", e);
    }
    throw new RatesException.BadRow(number, "", "is not a row of RFC 4180");
  }
}
