package vellum.core.seal;

import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AccountId;
import vellum.core.record.BadRecord;
import vellum.core.record.Field;
import vellum.core.record.Output;
import vellum.core.record.RecordId;
import vellum.core.record.TextRule;
import vellum.core.record.Wire;
import vellum.v1.DetailRecord;
import vellum.v1.RejectionCode;

/**
 * The header of the record at hand: id, time, account, channel, country, direction; of an event of
 * the usage log, whose fields have the same numbers, the first three. Not thread-safe; reused from
 * record to record.
 */
final class HeaderReader {

  private static final int LETTERS = 26;
  private static final int UUID_CHARS = 36;
  private static final long MICROS = 1_000_000;
  private static final long MAX_SECONDS = 253_402_300_799L;
  private static final long MAX_AHEAD_MICROS = 24L * 3600 * MICROS;

  /** 2 January 2000, UTC: from then on every zone has a month that can be named. */
  private static final long EARLIEST_MICROS = 946_771_200 * MICROS;

  /** Value of each character as a hexadecimal digit, or -1. */
  private static final byte[] HEX = new byte[256];

  /** ISO 3166-1 codes by their two letters, so that none is made anew for each record. */
  private static final String[] COUNTRIES = new String[LETTERS * LETTERS];

  static {
    for (int i = 0; i < HEX.length; i++) {
      HEX[i] = (byte) (i < 128 ? Character.digit(i, 16) : -1);
    }
    for (int i = 0; i < COUNTRIES.length; i++) {
      COUNTRIES[i] = "" + (char) ('A' + i / LETTERS) + (char) ('A' + i % LETTERS);
    }
  }

  private final AccountCache accounts = new AccountCache();
  private final String idName;
  private final String timeName;
  private final boolean usage;
  private boolean hasId;
  private boolean hasTime;
  private AccountCache.@Nullable Entry account;

  long idHigh;
  long idLow;
  long startedAtMicros;
  int channel;
  int country;
  int direction;

  private HeaderReader(String idName, String timeName, boolean usage) {
    this.idName = idName;
    this.timeName = timeName;
    this.usage = usage;
  }

  static HeaderReader ofRecords() {
    return new HeaderReader("record_id", "started_at", false);
  }

  static HeaderReader ofUsage() {
    return new HeaderReader("event_id", "at", true);
  }

  void clear() {
    hasId = false;
    hasTime = false;
    account = null;
    channel = 0;
    country = 0;
    direction = 0;
  }

  /** Reads a field of the header; false when the field is not of the header. */
  boolean read(Field field, Wire wire) {
    if (usage && field.number() > DetailRecord.ACCOUNT_FIELD_NUMBER) {
      return false;
    }
    switch (field.number()) {
      case DetailRecord.RECORD_ID_FIELD_NUMBER -> readId(wire);
      case DetailRecord.STARTED_AT_FIELD_NUMBER -> {
        startedAtMicros = readTime(field, wire);
        hasTime = true;
      }
      case DetailRecord.ACCOUNT_FIELD_NUMBER -> readAccount(field, wire);
      case DetailRecord.CHANNEL_FIELD_NUMBER -> channel = readEnum(field, wire);
      case DetailRecord.COUNTRY_OF_LAW_FIELD_NUMBER -> readCountry(field, wire);
      case DetailRecord.DIRECTION_FIELD_NUMBER -> direction = readEnum(field, wire);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Whether every field that a header must have was read. */
  boolean isWhole() {
    return hasId && hasTime && account != null && (usage || channel != 0);
  }

  /** Checks that the header is whole and consistent. */
  void check(Predicate<String> accountAllowed, long nowMicros) {
    require(hasId, RejectionCode.MISSING_ID, idName);
    require(hasTime, RejectionCode.MISSING_TIME, timeName);
    require(account != null, RejectionCode.MISSING_ACCOUNT, "account");
    require(usage || channel != 0, RejectionCode.MISSING_CHANNEL, "channel");
    if (idHigh >>> 16 != startedAtMicros / 1000) {
      throw new BadRecord(
          RejectionCode.ID_TIME_MISMATCH,
          "the first 48 bits of " + idName + " are not " + timeName + " in milliseconds");
    }
    if (startedAtMicros < EARLIEST_MICROS) {
      throw new BadRecord(RejectionCode.TIME_TOO_OLD, "started_at is before 2 January 2000");
    }
    if (startedAtMicros > nowMicros + MAX_AHEAD_MICROS) {
      throw new BadRecord(
          RejectionCode.TIME_IN_FUTURE, timeName + " is more than 24 hours in the future");
    }
    if (!accountAllowed.test(account().value())) {
      throw new BadRecord(
          RejectionCode.ACCOUNT_NOT_ALLOWED, "the token does not allow this account");
    }
  }

  AccountId account() {
    return Objects.requireNonNull(account).id();
  }

  /** The account's id in UTF-8. */
  byte[] accountBytes() {
    return Objects.requireNonNull(account).bytes();
  }

  String countryText() {
    return country == 0
        ? ""
        : COUNTRIES[((country >>> 8) - 'A') * LETTERS + (country & 0xFF) - 'A'];
  }

  /**
   * Writes the header of a row, as {@link RowFormat} draws it.
   *
   * @param zoneQuarters offset of the account's billing zone; 0 in rows that nobody bills
   */
  void writeTo(Output row, int zoneQuarters) {
    row.writeByte(RowFormat.FORMAT);
    row.writeVarint(RowFormat.within((int) (startedAtMicros % 1000), zoneQuarters));
    row.writeByte(channel);
    byte[] name = accountBytes();
    row.writeByte(name.length);
    row.write(name, 0, name.length);
    row.writeByte(country >>> 8);
    row.writeByte(country);
  }

  private void readId(Wire wire) {
    int length = wire.readLength();
    byte[] bytes = wire.bytes();
    int from = wire.position();
    wire.skip(length);
    if (length == 0) {
      return;
    }
    if (length != UUID_CHARS
        || bytes[from + 8] != '-'
        || bytes[from + 13] != '-'
        || bytes[from + 18] != '-'
        || bytes[from + 23] != '-') {
      throw badId();
    }
    idHigh = hex(bytes, from, 8) << 32 | hex(bytes, from + 9, 4) << 16 | hex(bytes, from + 14, 4);
    idLow = hex(bytes, from + 19, 4) << 48 | hex(bytes, from + 24, 12);
    if (!RecordId.isValid(idHigh, idLow)) {
      throw badId();
    }
    hasId = true;
  }

  private long hex(byte[] bytes, int from, int digits) {
    long value = 0;
    int all = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = HEX[bytes[i] & 0xFF];
      all |= digit;
      value = value << 4 | digit;
    }
    if (all < 0) {
      throw badId();
    }
    return value;
  }

  private BadRecord badId() {
    return new BadRecord(RejectionCode.BAD_ID, idName + " is not a UUID of version 7 or 8");
  }

  private void readAccount(Field field, Wire wire) {
    int length = wire.readLength();
    int from = wire.position();
    wire.skip(length);
    if (length > 0) {
      account = accounts.entry(field, wire.bytes(), from, length);
    }
  }

  private void readCountry(Field field, Wire wire) {
    int length = wire.readLength();
    int from = wire.position();
    wire.skip(length);
    if (length > 0) {
      TextRule.check(field, wire.bytes(), from, length);
      country = wire.bytes()[from] << 8 | wire.bytes()[from + 1];
    }
  }

  static int readEnum(Field field, Wire wire) {
    long value = wire.readVarint();
    if (value < 0 || value >= field.enumSize()) {
      throw new BadRecord(
          RejectionCode.UNKNOWN_VALUE, field.name() + " has a value the schema does not know");
    }
    return (int) value;
  }

  /** A google.protobuf.Timestamp, cut to the microsecond. */
  static long readTime(Field field, Wire wire) {
    int outer = wire.narrow(wire.readLength());
    long seconds = 0;
    long nanos = 0;
    while (wire.hasMore()) {
      long tag = wire.readVarint();
      if (tag == (1 << 3)) {
        seconds = wire.readVarint();
      } else if (tag == (2 << 3)) {
        nanos = wire.readVarint();
      } else {
        throw new BadRecord(
            RejectionCode.UNKNOWN_FIELD, field.name() + " has a field the schema does not know");
      }
    }
    wire.widen(outer);
    if (seconds < 0 || seconds > MAX_SECONDS || nanos < 0 || nanos >= 1000 * MICROS) {
      throw new BadRecord(
          RejectionCode.BAD_TIME, field.name() + " is not a time of the years 1970 to 9999");
    }
    return seconds * MICROS + nanos / 1000;
  }

  private static void require(boolean present, RejectionCode code, String field) {
    if (!present) {
      throw new BadRecord(code, field + " is missing");
    }
  }
}
