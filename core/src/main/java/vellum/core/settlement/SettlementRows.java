package vellum.core.settlement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.record.Output;

/**
 * Keys and rows of closings, statements and postings by hand. Rows are JSON, numbered by format.
 *
 * <pre>
 *   u8     cube
 *   u8     length of the party, then the party (UTF-8)
 *   u24    period: months since January of the year 0, big-endian
 *   i64    revision of a closing or statement, number of a posting; big-endian
 * </pre>
 */
final class SettlementRows {

  private static final int FORMAT = 1;
  private static final int NUMBER_BYTES = 8;
  private static final int MONTH_BYTES = 3;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private record ClosingRow(
      int format,
      int cube,
      @Nullable String party,
      @Nullable String period,
      int revision,
      long position,
      @Nullable String at,
      @Nullable String by,
      @Nullable List<String> zones,
      long lastManual,
      @Nullable MadeRow statement,
      @Nullable ReopeningRow reopening) {}

  private record MadeRow(
      @Nullable String digest,
      int bytes,
      int lines,
      @Nullable SortedMap<String, String> totals,
      @Nullable String earliestTime,
      @Nullable String latestTime) {}

  private record ReopeningRow(
      long position, @Nullable String at, @Nullable String by, @Nullable String reason) {}

  private record ManualRow(
      int format,
      long number,
      int cube,
      @Nullable String party,
      @Nullable String period,
      @Nullable String kind,
      @Nullable String nanos,
      @Nullable String currency,
      @Nullable String reason,
      @Nullable String at,
      @Nullable String by,
      @Nullable String record,
      @Nullable String line,
      long reverses) {}

  private SettlementRows() {}

  /** What the keys of a party begin with. */
  static byte[] prefix(Party party) {
    Output out = new Output(80);
    byte[] id = party.id().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    out.writeByte(party.cube().id());
    out.writeByte(id.length);
    out.write(id, 0, id.length);
    return Arrays.copyOf(out.bytes(), out.size());
  }

  static byte[] prefix(Party party, YearMonth period) {
    byte[] start = prefix(party);
    byte[] key = Arrays.copyOf(start, start.length + MONTH_BYTES);
    int months = period.getYear() * 12 + period.getMonthValue() - 1;
    key[start.length] = (byte) (months >>> 16);
    key[start.length + 1] = (byte) (months >>> 8);
    key[start.length + 2] = (byte) months;
    return key;
  }

  static byte[] key(Party party, YearMonth period, long number) {
    byte[] start = prefix(party, period);
    byte[] key = Arrays.copyOf(start, start.length + NUMBER_BYTES);
    for (int i = 0; i < NUMBER_BYTES; i++) {
      key[start.length + i] = (byte) (number >>> 8 * (NUMBER_BYTES - 1 - i));
    }
    return key;
  }

  /** The period in a key. */
  static YearMonth period(byte[] key) {
    int at = 2 + (key[1] & 0xFF);
    int months = (key[at] & 0xFF) << 16 | (key[at + 1] & 0xFF) << 8 | key[at + 2] & 0xFF;
    return YearMonth.of(months / 12, months % 12 + 1);
  }

  static byte[] key(Closing closing) {
    return key(closing.party(), closing.period(), closing.revision());
  }

  static byte[] write(Closing closing) {
    Closing.Reopening end = closing.reopening();
    return bytes(
        new ClosingRow(
            FORMAT,
            closing.party().cube().id(),
            closing.party().id(),
            closing.period().toString(),
            closing.revision(),
            closing.position(),
            closing.at().toString(),
            closing.by(),
            closing.zones(),
            closing.lastManual(),
            row(closing.statement()),
            end == null
                ? null
                : new ReopeningRow(end.position(), end.at().toString(), end.by(), end.reason())));
  }

  private static @Nullable MadeRow row(Closing.@Nullable Made made) {
    if (made == null) {
      return null;
    }
    Closing.Times times = made.times();
    return new MadeRow(
        made.digest(),
        made.bytes(),
        made.lines(),
        made.totals(),
        times == null ? null : times.earliest(),
        times == null ? null : times.latest());
  }

  static Closing closing(byte[] row) {
    ClosingRow read = read(row, ClosingRow.class);
    requireFormat(read.format, "a closing");
    ReopeningRow end = read.reopening;
    return new Closing(
        new Party(Cube.ofId(read.cube), there(read.party)),
        YearMonth.parse(there(read.period)),
        read.revision,
        read.position,
        Instant.parse(there(read.at)),
        there(read.by),
        there(read.zones),
        read.lastManual,
        made(read.statement),
        end == null
            ? null
            : new Closing.Reopening(
                end.position, Instant.parse(there(end.at)), there(end.by), there(end.reason)));
  }

  private static Closing.@Nullable Made made(@Nullable MadeRow row) {
    return row == null
        ? null
        : new Closing.Made(
            there(row.digest),
            row.bytes,
            row.lines,
            there(row.totals),
            row.earliestTime == null
                ? null
                : new Closing.Times(row.earliestTime, there(row.latestTime)));
  }

  static byte[] write(ManualPosting posting) {
    ManualPosting.Reference about = posting.reference();
    return bytes(
        new ManualRow(
            FORMAT,
            posting.number(),
            posting.party().cube().id(),
            posting.party().id(),
            posting.period().toString(),
            posting.kind().name(),
            posting.nanos().toString(),
            posting.currency(),
            posting.reason(),
            posting.at().toString(),
            posting.by(),
            about == null ? null : about.record(),
            about == null ? null : about.line(),
            about == null ? 0 : about.reverses()));
  }

  static ManualPosting manual(byte[] row) {
    ManualRow read = read(row, ManualRow.class);
    requireFormat(read.format, "a posting");
    boolean refers = read.record != null || read.line != null || read.reverses > 0;
    return new ManualPosting(
        read.number,
        new Party(Cube.ofId(read.cube), there(read.party)),
        YearMonth.parse(there(read.period)),
        ManualPosting.Kind.valueOf(there(read.kind)),
        new BigInteger(there(read.nanos)),
        there(read.currency),
        there(read.reason),
        Instant.parse(there(read.at)),
        there(read.by),
        refers ? new ManualPosting.Reference(read.record, read.line, read.reverses) : null);
  }

  private static void requireFormat(int format, String what) {
    if (format != FORMAT) {
      throw new SettlementException.WrongFormat(what + " of the format " + format);
    }
  }

  private static <T> T there(@Nullable T value) {
    return Objects.requireNonNull(value, "a row of a settlement has all its fields");
  }

  private static <T> T read(byte[] row, Class<T> type) {
    try {
      return MAPPER.readValue(row, type);
    } catch (IOException e) {
      throw new SettlementException.WrongFormat("a row of the control store");
    }
  }

  private static byte[] bytes(Object row) {
    try {
      return MAPPER.writeValueAsBytes(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row of texts and numbers can be written", e);
    }
  }
}
