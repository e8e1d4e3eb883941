package vellum.core.billing;

import java.util.Arrays;
import vellum.core.record.AspectKind;
import vellum.core.record.Output;
import vellum.core.record.Wire;
import vellum.core.seal.RowFormat;
import vellum.core.seal.RowReader;
import vellum.v1.Delivery;
import vellum.v1.Leg;
import vellum.v1.Rating;
import vellum.v1.Submission;

/**
 * The cells that a row of traffic, sealed or stripped, counts in: one of the sale cube, and one of
 * the cost cube for each leg. Read straight from the row's bytes into buffers that are used again
 * for the next row. Not thread-safe.
 *
 * <p>The network of the sale is {@code submission.mcc_mnc}, the one that the platform priced by; a
 * {@code ported_mcc_mnc} beside it is where a number was ported from or to, and changes no cell.
 */
public final class RowCells {

  private static final int TYPE_BITS = 3;
  private static final int TYPE_MASK = 7;

  private static final int COUNT = 0;
  private static final int UNITS = 1;
  private static final int DURATION = 2;
  private static final int AMOUNT = 3;
  private static final int EXPECTED_COST = 4;

  private final RowReader reader = new RowReader();
  private final Wire wire = new Wire();
  private final Output keys = new Output(512);
  private int[] offsets = new int[4];
  private int[] legs = new int[4];
  private long[] values = new long[4 * CellSums.SUMS];
  private int size;

  private long startedSecond;

  private int direction;
  private int trafficType;
  private int country;
  private int network;
  private int statusGroup;
  private int currency;
  private int supplierOffset;
  private int supplierLength;
  private int connectionOffset;
  private int connectionLength;
  private int routeOffset;
  private int routeLength;

  /**
   * Reads a row.
   *
   * @param second of started_at, since the epoch
   * @throws vellum.core.seal.BrokenRow when it is none
   */
  public RowCells read(byte[] row, int offset, int length, long second) {
    clear();
    startedSecond = second;
    reader.over(row, offset, length);
    open(0);
    direction = 0;
    trafficType = 0;
    country = 0;
    network = Plmn.NONE;
    statusGroup = 0;
    currency = 0;
    boolean sold = false;
    while (reader.next()) {
      wire.over(row, reader.contentOffset(), reader.aspectEnd() - reader.contentOffset());
      AspectKind kind = reader.kind();
      if (kind == AspectKind.LEG) {
        if (!sold) {
          sale();
          sold = true;
        }
        leg();
      } else if (kind == AspectKind.SUBMISSION) {
        submission();
      } else if (kind == AspectKind.DELIVERY) {
        delivery();
      } else if (kind == AspectKind.RATING) {
        rating();
      }
    }
    if (!sold) {
      sale();
    }
    return this;
  }

  /** Has no cells any more, as where there is no row. */
  public RowCells clear() {
    keys.clear();
    size = 0;
    return this;
  }

  /** Begins a cell. */
  private void open(int leg) {
    if (size + 1 == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * offsets.length);
      legs = Arrays.copyOf(legs, 2 * legs.length);
      values = Arrays.copyOf(values, 2 * values.length);
    }
    legs[size] = leg;
    int at = size * CellSums.SUMS;
    Arrays.fill(values, at, at + CellSums.SUMS, 0);
    values[at + COUNT] = 1;
  }

  /** Ends a cell, whose key is written. */
  private void close() {
    size++;
    offsets[size] = keys.size();
  }

  private void submission() {
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      int number = tag >>> TYPE_BITS;
      if (number > Submission.MCC_MNC_FIELD_NUMBER) {
        return;
      }
      if (isNumber(tag)) {
        long value = wire.readVarint();
        if (number == Submission.DIRECTION_FIELD_NUMBER) {
          direction = (int) value;
        } else if (number == Submission.TRAFFIC_TYPE_FIELD_NUMBER) {
          trafficType = (int) value;
        }
      } else {
        int length = wire.readLength();
        if (number == Submission.COUNTRY_OF_RECIPIENT_FIELD_NUMBER) {
          country = code(length);
        } else if (number == Submission.MCC_MNC_FIELD_NUMBER) {
          network = Plmn.of(wire.bytes(), wire.position(), length);
        }
        wire.skip(length);
      }
    }
  }

  private void delivery() {
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      int number = tag >>> TYPE_BITS;
      if (number > Delivery.STATUS_GROUP_FIELD_NUMBER) {
        return;
      }
      long value = wire.readVarint();
      if (number == Delivery.STATUS_GROUP_FIELD_NUMBER) {
        statusGroup = (int) value;
      }
    }
  }

  private void rating() {
    int at = size * CellSums.SUMS;
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      if (isNumber(tag)) {
        long value = wire.readVarint();
        switch (tag >>> TYPE_BITS) {
          case Rating.UNITS_FIELD_NUMBER -> values[at + UNITS] = value;
          case Rating.SALE_PRICE_NANOS_FIELD_NUMBER -> values[at + AMOUNT] = value;
          case Rating.COST_PRICE_NANOS_FIELD_NUMBER -> values[at + EXPECTED_COST] = value;
          case Rating.BILLED_DURATION_MS_FIELD_NUMBER -> values[at + DURATION] = value;
          default -> {}
        }
      } else {
        int length = wire.readLength();
        if (tag >>> TYPE_BITS == Rating.CURRENCY_FIELD_NUMBER) {
          currency = code(length);
        }
        wire.skip(length);
      }
    }
  }

  /** The sale cell of all that was read up to the legs. Layout in {@link SaleCell}. */
  private void sale() {
    keys.writeByte(Cube.SALE.id());
    keys.writeByte(reader.accountLength());
    keys.write(reader.bytes(), reader.accountOffset(), reader.accountLength());
    CellKeys.writeDay(keys, BillingDay.of(startedSecond, reader.zoneQuarters()));
    keys.writeByte(reader.channel());
    keys.writeByte(direction);
    keys.writeByte(trafficType);
    CellKeys.writeCode(keys, country, 2);
    Plmn.write(keys, network);
    keys.writeByte(statusGroup);
    CellKeys.writeCode(keys, currency, 3);
    close();
  }

  /** The cost cell of the leg at hand. Layout in {@link CostCell}. */
  private void leg() {
    open(reader.leg());
    network = Plmn.NONE;
    statusGroup = 0;
    currency = 0;
    supplierOffset = 0;
    supplierLength = 0;
    connectionOffset = 0;
    connectionLength = 0;
    routeOffset = 0;
    routeLength = 0;
    readLeg();
    keys.writeByte(Cube.COST.id());
    text(supplierOffset, supplierLength);
    CellKeys.writeDay(keys, BillingDay.of(startedSecond, reader.legZoneQuarters()));
    text(connectionOffset, connectionLength);
    text(routeOffset, routeLength);
    Plmn.write(keys, network);
    keys.writeByte(reader.channel());
    keys.writeByte(statusGroup);
    CellKeys.writeCode(keys, currency, 3);
    close();
  }

  private void readLeg() {
    int at = size * CellSums.SUMS;
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      if (isNumber(tag)) {
        long value = wire.readVarint();
        switch (tag >>> TYPE_BITS) {
          case Leg.STATUS_GROUP_FIELD_NUMBER -> statusGroup = (int) value;
          case Leg.UNITS_FIELD_NUMBER -> values[at + UNITS] = value;
          case Leg.COST_NANOS_FIELD_NUMBER -> values[at + AMOUNT] = value;
          default -> {}
        }
      } else {
        int length = wire.readLength();
        textOfLeg(tag >>> TYPE_BITS, length);
        wire.skip(length);
      }
    }
  }

  private void textOfLeg(int number, int length) {
    switch (number) {
      case Leg.SUPPLIER_FIELD_NUMBER -> {
        supplierOffset = wire.position();
        supplierLength = length;
      }
      case Leg.CONNECTION_FIELD_NUMBER -> {
        connectionOffset = wire.position();
        connectionLength = length;
      }
      case Leg.ROUTE_FIELD_NUMBER -> {
        routeOffset = wire.position();
        routeLength = length;
      }
      case Leg.MCC_MNC_FIELD_NUMBER -> network = Plmn.of(wire.bytes(), wire.position(), length);
      case Leg.CURRENCY_FIELD_NUMBER -> currency = code(length);
      default -> {}
    }
  }

  private void text(int offset, int length) {
    keys.writeByte(length);
    keys.write(wire.bytes(), offset, length);
  }

  private static boolean isNumber(int tag) {
    int type = tag & TYPE_MASK;
    return type == RowFormat.VARINT || type == RowFormat.TIME || type == RowFormat.CONTENT;
  }

  /** Up to four letters at the cursor, the first one high. */
  private int code(int length) {
    int code = 0;
    for (int i = 0; i < length; i++) {
      code = code << 8 | wire.bytes()[wire.position() + i];
    }
    return code;
  }

  /** Cells: the sale's first, then those of the legs in order of their numbers. */
  public int size() {
    return size;
  }

  /** Array that holds the keys. */
  public byte[] keys() {
    return keys.bytes();
  }

  public int keyOffset(int cell) {
    return offsets[cell];
  }

  public int keyLength(int cell) {
    return offsets[cell + 1] - offsets[cell];
  }

  /** Number of the leg of a cell; 0 of the sale. */
  public int leg(int cell) {
    return legs[cell];
  }

  /** Adds all cells. */
  public void addTo(CellMap map) {
    for (int i = 0; i < size; i++) {
      put(map, i, false);
    }
  }

  /** Takes all cells away. */
  public void subtractFrom(CellMap map) {
    for (int i = 0; i < size; i++) {
      put(map, i, true);
    }
  }

  /**
   * Moves a map's cells from what a row was to what this one is; what both have alike is not
   * touched.
   */
  public void replace(RowCells before, CellMap map) {
    int old = 0;
    for (int i = 0; i < size; i++) {
      while (old < before.size && before.legs[old] < legs[i]) {
        before.put(map, old++, true);
      }
      if (old < before.size && before.legs[old] == legs[i]) {
        if (!isSame(before, old, i)) {
          before.put(map, old, true);
          put(map, i, false);
        }
        old++;
      } else {
        put(map, i, false);
      }
    }
    while (old < before.size) {
      before.put(map, old++, true);
    }
  }

  private boolean isSame(RowCells before, int old, int cell) {
    int from = cell * CellSums.SUMS;
    int oldFrom = old * CellSums.SUMS;
    return Arrays.equals(
            values, from, from + CellSums.SUMS, before.values, oldFrom, oldFrom + CellSums.SUMS)
        && Arrays.equals(
            keys.bytes(),
            offsets[cell],
            offsets[cell + 1],
            before.keys.bytes(),
            before.offsets[old],
            before.offsets[old + 1]);
  }

  private void put(CellMap map, int cell, boolean negative) {
    int number = map.cell(keys.bytes(), offsets[cell], keyLength(cell));
    map.add(number, values, cell * CellSums.SUMS, negative);
  }
}
