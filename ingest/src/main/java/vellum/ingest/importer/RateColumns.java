package vellum.ingest.importer;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AccountId;
import vellum.core.record.TextRule;
import vellum.core.rerating.Rate;
import vellum.core.rerating.RatesException;
import vellum.v1.Channel;
import vellum.v1.Direction;
import vellum.v1.TrafficType;
import vellum.v1.UnitType;

/** The columns of one file of rates, and the rate that a row of it is. Immutable. */
final class RateColumns {

  private static final int NANO_DIGITS = 9;
  private static final int MOST_PRICE_CHARS = 40;
  private static final String ANY = "*";

  /** The columns that there are. */
  private enum Column {
    MCC_MNC(true),
    CHANNEL(true),
    TRAFFIC_TYPE(true),
    ACCOUNT(false),
    DIRECTION(false),
    COUNTRY(false),
    UNIT_TYPE(false),
    UNIT_PRICE(true),
    CURRENCY(true),
    FROM(false),
    TO(false);

    private final boolean needed;

    Column(boolean needed) {
      this.needed = needed;
    }

    String title() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Column, Integer> places;
  private final int count;

  private RateColumns(Map<Column, Integer> places, int count) {
    this.places = places;
    this.count = count;
  }

  /** The columns of a header. */
  static RateColumns of(List<String> titles, int line) {
    Map<Column, Integer> places = new EnumMap<>(Column.class);
    for (int i = 0; i < titles.size(); i++) {
      Column column = column(titles.get(i));
      if (column == null) {
        throw new RatesException.BadRow(
            line, "", "title " + (i + 1) + " of the header is none of the columns of rates");
      }
      if (places.put(column, i) != null) {
        throw new RatesException.BadRow(line, column.title(), "stands twice in the header");
      }
    }
    for (Column column : Column.values()) {
      if (column.needed && !places.containsKey(column)) {
        throw new RatesException.BadRow(line, column.title(), "is missing in the header");
      }
    }
    return new RateColumns(places, titles.size());
  }

  private static @Nullable Column column(String title) {
    for (Column column : Column.values()) {
      if (column.title().equals(title.toLowerCase(Locale.ROOT))) {
        return column;
      }
    }
    return null;
  }

  /** The rate of a row. */
  Rate rate(List<String> values, int line) {
    if (values.size() != count) {
      throw new RatesException.BadRow(
          line, "", "has " + values.size() + " values, the header has " + count);
    }
    Cells cells = new Cells(values, line);
    Rate.Match match =
        new Rate.Match(
            cells.account(),
            cells.network(),
            cells.number(Column.CHANNEL, Channel.getDescriptor()),
            cells.number(Column.TRAFFIC_TYPE, TrafficType.getDescriptor()),
            cells.number(Column.DIRECTION, Direction.getDescriptor()),
            cells.country(),
            cells.number(Column.UNIT_TYPE, UnitType.getDescriptor()));
    int from = cells.day(Column.FROM, Integer.MIN_VALUE);
    int to = cells.day(Column.TO, Integer.MAX_VALUE);
    if (from >= to) {
      throw cells.bad(Column.TO, "must be after from: it is the day behind the last one");
    }
    return new Rate(line, match, from, to, cells.price(), cells.currency());
  }

  /** The values of one row. */
  private final class Cells {

    private final List<String> values;
    private final int line;

    Cells(List<String> values, int line) {
      this.values = values;
      this.line = line;
    }

    RatesException bad(Column column, String reason) {
      return new RatesException.BadRow(line, column.title(), reason);
    }

    /** The text in a column; empty for any. */
    private String text(Column column) {
      Integer place = places.get(column);
      String value = place == null ? "" : values.get(place);
      return value.equals(ANY) ? "" : value;
    }

    String account() {
      String id = text(Column.ACCOUNT);
      if (id.getBytes(StandardCharsets.UTF_8).length > AccountId.MAX_BYTES) {
        throw bad(Column.ACCOUNT, "has more than " + AccountId.MAX_BYTES + " bytes");
      }
      return id;
    }

    String network() {
      String digits = text(Column.MCC_MNC);
      if (!digits.matches("|[0-9]{5,6}")) {
        throw bad(Column.MCC_MNC, "must be five or six digits, or *");
      }
      return digits;
    }

    String country() {
      byte[] code = text(Column.COUNTRY).getBytes(StandardCharsets.UTF_8);
      if (code.length > 0 && !TextRule.isCountry(code, 0, code.length)) {
        throw bad(Column.COUNTRY, "must be an ISO 3166-1 alpha-2 code, or *");
      }
      return new String(code, StandardCharsets.UTF_8);
    }

    int number(Column column, EnumDescriptor names) {
      String name = text(column).toUpperCase(Locale.ROOT);
      if (name.isEmpty()) {
        return 0;
      }
      EnumValueDescriptor value = names.findValueByName(name);
      if (value == null || value.getNumber() == 0) {
        throw bad(
            column,
            "must be one of "
                + names.getValues().stream()
                    .filter(one -> one.getNumber() != 0)
                    .map(EnumValueDescriptor::getName)
                    .toList()
                + ", or *");
      }
      return value.getNumber();
    }

    int day(Column column, int any) {
      String text = text(column);
      if (text.isEmpty()) {
        return any;
      }
      try {
        LocalDate day = LocalDate.parse(text);
        if (day.getYear() >= 1970 && day.getYear() <= 9999) {
          return (int) day.toEpochDay();
        }
      } catch (DateTimeException e) {
        // Said below.
      }
      throw bad(column, "must be a date such as 2026-10-01, or empty");
    }

    String currency() {
      String code = text(Column.CURRENCY);
      if (!TextRule.isCurrency(code)) {
        throw bad(Column.CURRENCY, "must be an ISO 4217 code");
      }
      return code;
    }

    long price() {
      String text = text(Column.UNIT_PRICE);
      if (text.startsWith("-")) {
        throw bad(Column.UNIT_PRICE, "must not be below zero");
      }
      if (text.length() > MOST_PRICE_CHARS || !text.matches("[0-9]+(\\.[0-9]+)?")) {
        throw bad(Column.UNIT_PRICE, "must be a decimal number such as 0.0125");
      }
      BigDecimal price = new BigDecimal(text);
      if (price.signum() != 0 && price.stripTrailingZeros().scale() > NANO_DIGITS) {
        throw bad(Column.UNIT_PRICE, "has more than " + NANO_DIGITS + " decimals");
      }
      try {
        return price.movePointRight(NANO_DIGITS).longValueExact();
      } catch (ArithmeticException e) {
        throw bad(Column.UNIT_PRICE, "must be at most 9223372036.854775807");
      }
    }
  }
}
