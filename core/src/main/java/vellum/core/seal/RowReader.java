package vellum.core.seal;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AspectKind;
import vellum.core.record.Wire;

/**
 * A cursor over a row: its header, then aspect after aspect, without copying. Layout in {@link
 * RowFormat}. Not thread-safe; reused from row to row.
 */
public final class RowReader {

  private final Wire wire = new Wire();
  private int start;
  private int format;
  private int erased;
  private int headerOffset;
  private int subMillis;
  private int zoneQuarters;
  private int channel;
  private int accountOffset;
  private int accountLength;
  private int country;
  private int aspectsOffset;

  private @Nullable AspectKind kind;
  private int leg;
  private long version;
  private int aspectOffset;
  private int fieldsOffset;
  private int fieldsLength;
  private int contentOffset;
  private int legZoneQuarters;

  /** Reads the header; throws {@link BrokenRow}. */
  public RowReader over(byte[] bytes, int offset, int length) {
    try {
      wire.over(bytes, offset, length);
      start = offset;
      format = wire.readByte();
      if (format < RowFormat.FORMAT || format > RowFormat.ERASED) {
        throw new BrokenRow(
            "row has the format "
                + format
                + ", expected "
                + RowFormat.FORMAT
                + " to "
                + RowFormat.ERASED);
      }
      erased =
          format == RowFormat.ERASED ? ErasedParts.checked(wire.readVarint()) : ErasedParts.NONE;
      headerOffset = wire.position();
      long within = wire.readVarint();
      subMillis = (int) within & RowFormat.MICROS_MASK;
      zoneQuarters = RowFormat.zoneQuarters(within);
      channel = wire.readByte();
      accountLength = wire.readByte();
      accountOffset = wire.position();
      wire.skip(accountLength);
      country = wire.readByte() << 8 | wire.readByte();
      aspectsOffset = wire.position();
      return this;
    } catch (Wire.Truncated e) {
      throw new BrokenRow("row ends in its header");
    }
  }

  /** Moves to the next aspect; false at the end. */
  public boolean next() {
    if (!wire.hasMore()) {
      return false;
    }
    try {
      aspectOffset = wire.position();
      int id = wire.readByte();
      kind = AspectKind.ofId(id);
      if (kind == null) {
        throw new BrokenRow("row has an aspect of the unknown id " + id);
      }
      leg = kind == AspectKind.LEG ? wire.readByte() : 0;
      version = wire.readVarint();
      fieldsLength = wire.readLength();
      fieldsOffset = wire.position();
      readLegZone();
      wire.skip(fieldsOffset + fieldsLength - wire.position());
      return true;
    } catch (Wire.Truncated e) {
      throw new BrokenRow("row ends in an aspect");
    }
  }

  private void readLegZone() {
    legZoneQuarters = 0;
    if (kind == AspectKind.LEG
        && fieldsLength > 0
        && wire.bytes()[fieldsOffset] == RowFormat.LEG_ZONE_TAG) {
      wire.skip(1);
      legZoneQuarters = (int) wire.readZigzag();
    }
    contentOffset = wire.position();
  }

  /** The bytes the row is in. */
  public byte[] bytes() {
    return wire.bytes();
  }

  public int offset() {
    return start;
  }

  /** {@link RowFormat#FORMAT}, {@link RowFormat#STRIPPED} or {@link RowFormat#ERASED}. */
  public int format() {
    return format;
  }

  /** The parts that were erased, of {@link ErasedParts}. */
  public int erased() {
    return erased;
  }

  /** Where the header goes on behind the format and what was erased. */
  int headerOffset() {
    return headerOffset;
  }

  /** Where the first aspect starts. */
  public int aspectsOffset() {
    return aspectsOffset;
  }

  /** Microseconds of started_at within its millisecond. */
  public int subMillis() {
    return subMillis;
  }

  /**
   * Offset of the account's billing zone from UTC at the time of the communication, in quarters of
   * an hour, east positive; fixed when the first message was sealed.
   */
  public int zoneQuarters() {
    return zoneQuarters;
  }

  /** Number of the {@link vellum.v1.Channel}. */
  public int channel() {
    return channel;
  }

  public String account() {
    return new String(wire.bytes(), accountOffset, accountLength, StandardCharsets.UTF_8);
  }

  public int accountOffset() {
    return accountOffset;
  }

  public int accountLength() {
    return accountLength;
  }

  /** ISO 3166-1 alpha-2 code as the message gave it, or empty. */
  public String country() {
    return country == 0 ? "" : "" + (char) (country >>> 8) + (char) (country & 0xFF);
  }

  public AspectKind kind() {
    return java.util.Objects.requireNonNull(kind, "next() comes first");
  }

  /** Number of the leg, 0 for other aspects. */
  public int leg() {
    return leg;
  }

  public long version() {
    return version;
  }

  /** Where the aspect starts, its id included. */
  public int aspectOffset() {
    return aspectOffset;
  }

  /** Where the aspect ends. */
  public int aspectEnd() {
    return fieldsOffset + fieldsLength;
  }

  public int fieldsOffset() {
    return fieldsOffset;
  }

  public int fieldsLength() {
    return fieldsLength;
  }

  /** Where the fields start that the message brought: behind the zone of the leg's supplier. */
  public int contentOffset() {
    return contentOffset;
  }

  /**
   * Offset of the zone of the leg's supplier from UTC at the time of the communication, in quarters
   * of an hour, east positive; fixed when the leg was sealed. 0 for other aspects.
   */
  public int legZoneQuarters() {
    return legZoneQuarters;
  }

  /** Orders aspects as rows do: by id, legs by number. */
  public int order() {
    return kind().id() << 8 | leg;
  }
}
