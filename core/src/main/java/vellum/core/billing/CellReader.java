package vellum.core.billing;

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
 * Reads the cells that a row of traffic counts in straight from its bytes. Not thread-safe; reused
 * from row to row.
 */
final class CellReader {

  private static final int TYPE_BITS = 3;
  private static final int TYPE_MASK = 7;

  static final int COUNT = 0;
  static final int UNITS = 1;
  static final int DURATION = 2;
  static final int AMOUNT = 3;
  static final int EXPECTED_COST = 4;

  private final RowReader reader = new RowReader();
  private final Wire wire = new Wire();
  private final RowCells into;
  private final Output keys;
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
   * @param into has no cells when a row is read
   * @param keys where their keys are written
   */
  CellReader(RowCells into, Output keys) {
    this.into = into;
    this.keys = keys;
  }

  void read(byte[] row, int offset, int length, long second) {
    startedSecond = second;
    reader.over(row, offset, length);
    into.open(0);
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
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      if (isNumber(tag)) {
        long value = wire.readVarint();
        switch (tag >>> TYPE_BITS) {
          case Rating.UNITS_FIELD_NUMBER -> into.set(UNITS, value);
          case Rating.SALE_PRICE_NANOS_FIELD_NUMBER -> into.set(AMOUNT, value);
          case Rating.COST_PRICE_NANOS_FIELD_NUMBER -> into.set(EXPECTED_COST, value);
          case Rating.BILLED_DURATION_MS_FIELD_NUMBER -> into.set(DURATION, value);
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
    into.close();
  }

  /** The cost cell of the leg at hand. Layout in {@link CostCell}. */
  private void leg() {
    into.open(reader.leg());
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
    into.close();
  }

  private void readLeg() {
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      if (isNumber(tag)) {
        long value = wire.readVarint();
        switch (tag >>> TYPE_BITS) {
          case Leg.STATUS_GROUP_FIELD_NUMBER -> statusGroup = (int) value;
          case Leg.UNITS_FIELD_NUMBER -> into.set(UNITS, value);
          case Leg.COST_NANOS_FIELD_NUMBER -> into.set(AMOUNT, value);
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
}
