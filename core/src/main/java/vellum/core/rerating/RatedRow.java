package vellum.core.rerating;

import java.nio.charset.StandardCharsets;
import vellum.core.billing.BillingDay;
import vellum.core.record.AspectKind;
import vellum.core.record.Wire;
import vellum.core.seal.RowFormat;
import vellum.core.seal.RowReader;
import vellum.v1.Rating;
import vellum.v1.Submission;

/**
 * What decides the price of a record, read from its row, sealed or stripped. Not thread-safe;
 * reused from row to row.
 */
final class RatedRow {

  private static final int TYPE_BITS = 3;
  private static final int TYPE_MASK = 7;
  private static final long MICROS = 1_000_000;

  private final RowReader row = new RowReader();
  private final Wire wire = new Wire();
  private int day;
  private long version;
  private int trafficType;
  private int direction;
  private int unitType;
  private long units;
  private long saleNanos;
  private long costNanos;
  private String country = "";
  private String mccMnc = "";
  private String currency = "";

  /** Reads a row. */
  RatedRow read(byte[] bytes, long startedAtMicros) {
    row.over(bytes, 0, bytes.length);
    day = BillingDay.of(Math.floorDiv(startedAtMicros, MICROS), row.zoneQuarters());
    version = 0;
    trafficType = 0;
    direction = 0;
    unitType = 0;
    units = 0;
    saleNanos = 0;
    costNanos = 0;
    country = "";
    mccMnc = "";
    currency = "";
    while (row.next() && row.kind().id() <= AspectKind.RATING.id()) {
      if (row.kind() == AspectKind.SUBMISSION) {
        submission();
      } else if (row.kind() == AspectKind.RATING) {
        version = row.version();
        rating();
      }
    }
    return this;
  }

  /** Billing day in the account's zone, days since 1970-01-01. */
  int day() {
    return day;
  }

  /** Whether there is a rating. */
  boolean isRated() {
    return version != 0;
  }

  /** Of the rating. */
  long version() {
    return version;
  }

  /** Of the rating, at least 0. */
  long units() {
    return units;
  }

  /** What the record is charged, in nanos of its currency. */
  long saleNanos() {
    return saleNanos;
  }

  /** The cost that was expected, in nanos of the same currency. */
  long costNanos() {
    return costNanos;
  }

  /** ISO 4217, or empty. */
  String currency() {
    return currency;
  }

  int channel() {
    return row.channel();
  }

  /** Network of the submission, or empty. */
  String mccMnc() {
    return mccMnc;
  }

  /** What a rate may ask for. */
  Rate.Match values() {
    return new Rate.Match(
        row.account(), mccMnc, row.channel(), trafficType, direction, country, unitType);
  }

  private void submission() {
    wire.over(row.bytes(), row.fieldsOffset(), row.fieldsLength());
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      int number = tag >>> TYPE_BITS;
      if (number > Submission.MCC_MNC_FIELD_NUMBER) {
        return;
      }
      if (isLong(tag)) {
        int length = wire.readLength();
        if (number == Submission.COUNTRY_OF_RECIPIENT_FIELD_NUMBER) {
          country = text(length);
        } else if (number == Submission.MCC_MNC_FIELD_NUMBER) {
          mccMnc = text(length);
        }
        wire.skip(length);
      } else {
        int value = (int) wire.readVarint();
        if (number == Submission.DIRECTION_FIELD_NUMBER) {
          direction = value;
        } else if (number == Submission.TRAFFIC_TYPE_FIELD_NUMBER) {
          trafficType = value;
        }
      }
    }
  }

  private void rating() {
    wire.over(row.bytes(), row.fieldsOffset(), row.fieldsLength());
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      int number = tag >>> TYPE_BITS;
      if (isLong(tag)) {
        int length = wire.readLength();
        if (number == Rating.CURRENCY_FIELD_NUMBER) {
          currency = text(length);
        }
        wire.skip(length);
        continue;
      }
      long value = wire.readVarint();
      switch (number) {
        case Rating.UNITS_FIELD_NUMBER -> units = value;
        case Rating.UNIT_TYPE_FIELD_NUMBER -> unitType = (int) value;
        case Rating.SALE_PRICE_NANOS_FIELD_NUMBER -> saleNanos = value;
        case Rating.COST_PRICE_NANOS_FIELD_NUMBER -> costNanos = value;
        default -> {}
      }
    }
  }

  private static boolean isLong(int tag) {
    int type = tag & TYPE_MASK;
    return type == RowFormat.BYTES || type == RowFormat.SEALED;
  }

  private String text(int length) {
    return new String(wire.bytes(), wire.position(), length, StandardCharsets.US_ASCII);
  }
}
