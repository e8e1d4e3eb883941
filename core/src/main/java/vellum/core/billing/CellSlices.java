package vellum.core.billing;

import java.time.LocalDate;
import java.time.YearMonth;
import vellum.core.record.Wire;

/**
 * Where the values of dimensions lie in a cell's key: reads lengths only, makes no objects. Not
 * thread-safe; reused from cell to cell. Layouts in {@link SaleCell} and {@link CostCell}.
 */
final class CellSlices {

  private static final int SLOTS = 10;
  private static final int DAY_BYTES = 4;
  private static final int CODE_BYTES = 1;
  private static final int COUNTRY_BYTES = 2;
  private static final int CURRENCY_BYTES = 3;

  private final Cube cube;
  private final Wire wire = new Wire();
  private final int[] offsets = new int[SLOTS];
  private final int[] lengths = new int[SLOTS];
  private byte[] key = new byte[0];
  private int position;
  private int day;

  /** The month of {@link #monthDay}: cells of a day come one after the other. */
  private byte[] month = ValueForm.monthBytes(YearMonth.of(1970, 1));

  private int monthDay;

  CellSlices(Cube cube) {
    this.cube = cube;
  }

  /** Goes to a key; one of another cube is an error of the caller. */
  void over(byte[] bytes, int offset, int length) {
    CellKeys.requireCube(wire.over(bytes, offset, length), cube);
    key = bytes;
    position = wire.position();
    text(Dimension.party(cube));
    fixed(Dimension.DAY, DAY_BYTES);
    day = CellKeys.readDay(wire.over(bytes, offset(Dimension.DAY), DAY_BYTES));
    if (cube == Cube.SALE) {
      fixed(Dimension.CHANNEL, CODE_BYTES);
      fixed(Dimension.DIRECTION, CODE_BYTES);
      fixed(Dimension.TRAFFIC_TYPE, CODE_BYTES);
      fixed(Dimension.COUNTRY, COUNTRY_BYTES);
      fixed(Dimension.MCC_MNC, Plmn.BYTES);
    } else {
      text(Dimension.CONNECTION);
      text(Dimension.ROUTE);
      fixed(Dimension.MCC_MNC, Plmn.BYTES);
      fixed(Dimension.CHANNEL, CODE_BYTES);
    }
    fixed(Dimension.STATUS_GROUP, CODE_BYTES);
    fixed(Dimension.CURRENCY, CURRENCY_BYTES);
    if (position != offset + length) {
      throw new IllegalArgumentException(
          "key of a cell has " + length + " bytes, its parts " + (position - offset));
    }
  }

  /** Place of a dimension in the arrays; those of the two cubes share some. */
  private static int slot(Dimension dimension) {
    return switch (dimension) {
      case ACCOUNT, SUPPLIER -> 0;
      case DAY -> 1;
      case CHANNEL -> 2;
      case DIRECTION, CONNECTION -> 3;
      case TRAFFIC_TYPE, ROUTE -> 4;
      case COUNTRY -> 5;
      case MCC_MNC -> 6;
      case STATUS_GROUP -> 7;
      case CURRENCY -> 8;
      case MONTH -> SLOTS - 1;
    };
  }

  private void text(Dimension dimension) {
    int length = key[position++] & 0xFF;
    fixed(dimension, length);
  }

  private void fixed(Dimension dimension, int length) {
    offsets[slot(dimension)] = position;
    lengths[slot(dimension)] = length;
    position += length;
  }

  /** Days since 1970-01-01. */
  int day() {
    return day;
  }

  /** The array that holds a value. */
  byte[] bytes(Dimension dimension) {
    return dimension == Dimension.MONTH ? month() : key;
  }

  /** Where in the array a value starts. */
  int offset(Dimension dimension) {
    return offsets[slot(dimension)];
  }

  int length(Dimension dimension) {
    return dimension == Dimension.MONTH ? Integer.BYTES : lengths[slot(dimension)];
  }

  private byte[] month() {
    if (day != monthDay) {
      month = ValueForm.monthBytes(YearMonth.from(LocalDate.ofEpochDay(day)));
      monthDay = day;
    }
    return month;
  }
}
