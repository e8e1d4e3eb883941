package vellum.core.billing;

import java.nio.charset.StandardCharsets;
import vellum.core.record.Wire;
import vellum.core.seal.RowFormat;
import vellum.core.seal.RowReader;
import vellum.v1.Leg;
import vellum.v1.Rating;

/**
 * The amounts of one aspect of a row: units, sale, cost and currency, with zero and the empty text
 * for what it does not have. Not thread-safe; reused from aspect to aspect.
 */
public final class RowAmounts {

  private static final int TYPE_BITS = 3;
  private static final int TYPE_MASK = 7;

  private final Wire wire = new Wire();
  private long units;
  private long sale;
  private long cost;
  private String currency = "";
  private int currencyCode;

  /** Numbers of the fields of an aspect that hold amounts; 0 for what it does not have. */
  private record Numbers(int units, int sale, int cost, int currency) {}

  private static final Numbers RATING =
      new Numbers(
          Rating.UNITS_FIELD_NUMBER,
          Rating.SALE_PRICE_NANOS_FIELD_NUMBER,
          Rating.COST_PRICE_NANOS_FIELD_NUMBER,
          Rating.CURRENCY_FIELD_NUMBER);

  private static final Numbers LEG =
      new Numbers(
          Leg.UNITS_FIELD_NUMBER, 0, Leg.COST_NANOS_FIELD_NUMBER, Leg.CURRENCY_FIELD_NUMBER);

  /** Reads the rating at which the cursor stands. */
  public void readRating(RowReader row) {
    read(row, RATING);
  }

  /** Reads the leg at which the cursor stands. */
  public void readLeg(RowReader row) {
    read(row, LEG);
  }

  private void read(RowReader row, Numbers numbers) {
    units = 0;
    sale = 0;
    cost = 0;
    boolean named = false;
    wire.over(row.bytes(), row.fieldsOffset(), row.fieldsLength());
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      int number = tag >>> TYPE_BITS;
      int type = tag & TYPE_MASK;
      if (type == RowFormat.VARINT || type == RowFormat.TIME || type == RowFormat.ZONE) {
        take(numbers, number, wire.readVarint());
      } else {
        int length = wire.readLength();
        if (number == numbers.currency) {
          takeCurrency(wire.bytes(), wire.position(), length);
          named = true;
        }
        wire.skip(length);
      }
    }
    if (!named) {
      currency = "";
      currencyCode = 0;
    }
  }

  private void take(Numbers numbers, int number, long value) {
    if (number == numbers.units) {
      units = value;
    } else if (number == numbers.sale) {
      sale = value;
    } else if (number == numbers.cost) {
      cost = value;
    }
  }

  /** Makes no new text for the currency that the last aspect had. */
  private void takeCurrency(byte[] bytes, int offset, int length) {
    int code = 0;
    for (int i = 0; i < length; i++) {
      code = code << 8 | bytes[offset + i] & 0xFF;
    }
    if (code != currencyCode) {
      currencyCode = code;
      currency = new String(bytes, offset, length, StandardCharsets.US_ASCII);
    }
  }

  public long units() {
    return units;
  }

  public long sale() {
    return sale;
  }

  public long cost() {
    return cost;
  }

  /** ISO 4217 code, or empty. */
  public String currency() {
    return currency;
  }
}
