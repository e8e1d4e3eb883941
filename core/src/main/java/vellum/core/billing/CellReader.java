package vellum.core.billing;

import vellum.core.record.AspectKind;
import vellum.core.record.Bytes;
import vellum.core.record.Output;
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

  /** Bytes of the cells' keys beside their texts. */
  private static final int SALE_BYTES = 18;

  private static final int COST_BYTES = 16;

  static final int COUNT = 0;
  static final int UNITS = 1;
  static final int DURATION = 2;
  static final int AMOUNT = 3;
  static final int EXPECTED_COST = 4;

  private final RowReader reader = new RowReader();
  private final Fields fields = new Fields();
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
      fields.over(row, reader.contentOffset(), reader.aspectEnd());
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
    while (fields.next(Submission.MCC_MNC_FIELD_NUMBER)) {
      switch (fields.number()) {
        case Submission.DIRECTION_FIELD_NUMBER -> direction = (int) fields.value();
        case Submission.TRAFFIC_TYPE_FIELD_NUMBER -> trafficType = (int) fields.value();
        case Submission.COUNTRY_OF_RECIPIENT_FIELD_NUMBER -> country = fields.code();
        case Submission.MCC_MNC_FIELD_NUMBER -> network = fields.network();
        default -> {}
      }
    }
  }

  private void delivery() {
    while (fields.next(Delivery.STATUS_GROUP_FIELD_NUMBER)) {
      if (fields.number() == Delivery.STATUS_GROUP_FIELD_NUMBER) {
        statusGroup = (int) fields.value();
      }
    }
  }

  private void rating() {
    while (fields.next(Rating.BILLED_DURATION_MS_FIELD_NUMBER)) {
      switch (fields.number()) {
        case Rating.UNITS_FIELD_NUMBER -> into.set(UNITS, fields.value());
        case Rating.SALE_PRICE_NANOS_FIELD_NUMBER -> into.set(AMOUNT, fields.value());
        case Rating.COST_PRICE_NANOS_FIELD_NUMBER -> into.set(EXPECTED_COST, fields.value());
        case Rating.BILLED_DURATION_MS_FIELD_NUMBER -> into.set(DURATION, fields.value());
        case Rating.CURRENCY_FIELD_NUMBER -> currency = fields.code();
        default -> {}
      }
    }
  }

  /** The sale cell of all that was read up to the legs. Layout in {@link SaleCell}. */
  private void sale() {
    int length = reader.accountLength();
    int at = keys.reserve(SALE_BYTES + length);
    byte[] key = keys.bytes();
    key[at] = (byte) Cube.SALE.id();
    at = text(key, at + 1, reader.accountOffset(), length);
    CellKeys.putDay(key, at, BillingDay.of(startedSecond, reader.zoneQuarters()));
    int kinds = reader.channel() << 16 | (direction & 0xFF) << 8 | trafficType & 0xFF;
    long place = (long) (country & 0xFFFF) << 24 | network;
    Bytes.putLong(key, at + 4, (long) kinds << 40 | place);
    Bytes.putInt(key, at + 12, statusGroup << 24 | currency & 0xFFFFFF);
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
    int at = keys.reserve(COST_BYTES + supplierLength + connectionLength + routeLength);
    byte[] key = keys.bytes();
    key[at] = (byte) Cube.COST.id();
    at = text(key, at + 1, supplierOffset, supplierLength);
    CellKeys.putDay(key, at, BillingDay.of(startedSecond, reader.legZoneQuarters()));
    at = text(key, at + 4, connectionOffset, connectionLength);
    at = text(key, at, routeOffset, routeLength);
    Bytes.putInt(key, at, network << 8 | reader.channel());
    Bytes.putInt(key, at + 4, statusGroup << 24 | currency & 0xFFFFFF);
    into.close();
  }

  private void readLeg() {
    while (fields.next(Leg.CURRENCY_FIELD_NUMBER)) {
      switch (fields.number()) {
        case Leg.SUPPLIER_FIELD_NUMBER -> {
          supplierOffset = fields.position();
          supplierLength = fields.length();
        }
        case Leg.CONNECTION_FIELD_NUMBER -> {
          connectionOffset = fields.position();
          connectionLength = fields.length();
        }
        case Leg.ROUTE_FIELD_NUMBER -> {
          routeOffset = fields.position();
          routeLength = fields.length();
        }
        case Leg.MCC_MNC_FIELD_NUMBER -> network = fields.network();
        case Leg.STATUS_GROUP_FIELD_NUMBER -> statusGroup = (int) fields.value();
        case Leg.UNITS_FIELD_NUMBER -> into.set(UNITS, fields.value());
        case Leg.COST_NANOS_FIELD_NUMBER -> into.set(AMOUNT, fields.value());
        case Leg.CURRENCY_FIELD_NUMBER -> currency = fields.code();
        default -> {}
      }
    }
  }

  /** Puts a text of the row with its length before it; returns where it ends. */
  private int text(byte[] key, int at, int offset, int length) {
    key[at] = (byte) length;
    System.arraycopy(reader.bytes(), offset, key, at + 1, length);
    return at + 1 + length;
  }
}
