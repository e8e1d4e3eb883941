package vellum.core.export;

import vellum.core.billing.BillingDay;
import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;
import vellum.core.record.Wire;
import vellum.core.seal.BrokenRow;
import vellum.core.seal.RowFormat;
import vellum.core.seal.RowReader;
import vellum.core.strip.ArchiveKey;

/**
 * Turns rows of records, sealed or stripped, into cells: walks the row once and takes what {@link
 * RecordColumns} allows. What is sealed is passed over as bytes. Not thread-safe.
 */
final class RecordRows {

  private static final long MICROS = 1_000_000;
  private static final int ID_BYTES = 16;

  /** The header ends with the country of law, two letters or zeros. */
  private static final int COUNTRY_BYTES = 2;

  private final RecordColumns columns = RecordColumns.ALL;
  private final RowReader row = new RowReader();
  private final Wire wire = new Wire();
  private long startedAt;
  private long microsOfTimes;

  /** Reads a row's header; what it says decides whether the row is wanted. */
  RowReader header(byte[] key, byte[] bytes, int length) {
    row.over(bytes, 0, length);
    boolean isStripped = row.format() == RowFormat.STRIPPED;
    startedAt =
        isStripped
            ? ArchiveKey.second(key, 0) * MICROS
            : RecordKey.millis(key, 0) * 1000 + row.subMillis();
    microsOfTimes = isStripped ? MICROS : 1;
    return row;
  }

  /** When the record of the header at hand started, microseconds; of a stripped one its second. */
  long startedAt() {
    return startedAt;
  }

  /** Its billing day, days since 1970-01-01. */
  long billingDay() {
    return day(row.zoneQuarters());
  }

  private long day(int quarters) {
    return BillingDay.of(Math.floorDiv(startedAt, MICROS), quarters);
  }

  /** Fills the cells with the row of the header at hand. */
  void fill(byte[] key, Cells cells) {
    cells.clear();
    cells.number(RecordColumns.BILLING_DAY, billingDay());
    cells.number(RecordColumns.STARTED_AT, startedAt);
    if (row.format() != RowFormat.STRIPPED) {
      cells.bytes(RecordColumns.RECORD_ID, key, RecordKey.ID_OFFSET, ID_BYTES);
    }
    cells.bytes(RecordColumns.ACCOUNT, row.bytes(), row.accountOffset(), row.accountLength());
    byte[][] channels = columns.channels();
    if (row.channel() < channels.length && channels[row.channel()].length > 0) {
      cells.bytes(RecordColumns.CHANNEL, channels[row.channel()]);
    }
    int country = row.aspectsOffset() - COUNTRY_BYTES;
    if (row.bytes()[country] != 0) {
      cells.bytes(RecordColumns.COUNTRY_OF_LAW, row.bytes(), country, COUNTRY_BYTES);
    }
    int legs = 0;
    try {
      while (row.next()) {
        legs += aspect(cells);
      }
    } catch (Wire.Truncated e) {
      throw new BrokenRow("row ends in a field");
    }
    cells.number(columns.legCount(), legs);
  }

  /** Takes an aspect; returns how many legs it is. */
  private int aspect(Cells cells) {
    switch (row.kind()) {
      case SUBMISSION -> fields(columns.submission(), cells);
      case DELIVERY -> fields(columns.delivery(), cells);
      case RATING -> fields(columns.rating(), cells);
      case LEG -> {
        Cells leg = cells.add();
        leg.number(RecordColumns.LEG_NUMBER, row.leg());
        leg.number(RecordColumns.LEG_DAY, day(0));
        fields(columns.leg(), leg);
        return 1;
      }
      case USAGE -> throw new BrokenRow("a record's row has an aspect of the usage log");
    }
    return 0;
  }

  private void fields(RecordColumns.Fields fields, Cells cells) {
    fields.zero(cells);
    wire.over(row.bytes(), row.fieldsOffset(), row.fieldsLength());
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      int number = tag >>> 3;
      int column = fields.column(number);
      switch (tag & 7) {
        case RowFormat.VARINT -> {
          long value = wire.readVarint();
          if (column >= 0) {
            fields.set(cells, number, column, value);
          }
        }
        case RowFormat.TIME -> {
          long away = wire.readZigzag();
          if (column >= 0) {
            cells.number(column, startedAt + away * microsOfTimes);
          }
        }
        case RowFormat.BYTES -> {
          int length = wire.readLength();
          if (column >= 0) {
            cells.bytes(column, wire.bytes(), wire.position(), length);
          }
          wire.skip(length);
        }
        case RowFormat.ZONE -> cells.number(RecordColumns.LEG_DAY, day((int) wire.readZigzag()));
        case RowFormat.CONTENT -> wire.readVarint();
        case RowFormat.SEALED -> wire.skip(wire.readLength());
        default -> throw new BrokenRow("row has a field of an unknown type");
      }
    }
  }

  /** First four bytes of the account's hash in a key, live or archived. */
  static int accountPart(byte[] key) {
    return Bytes.getInt(key, RecordKey.ACCOUNT_OFFSET);
  }
}
