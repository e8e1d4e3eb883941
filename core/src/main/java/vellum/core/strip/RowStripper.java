package vellum.core.strip;

import vellum.core.crypto.YearMac;
import vellum.core.record.AccountHash;
import vellum.core.record.AspectKind;
import vellum.core.record.Bytes;
import vellum.core.record.Output;
import vellum.core.record.RecordKey;
import vellum.core.record.Wire;
import vellum.core.seal.BrokenRow;
import vellum.core.seal.RowFormat;
import vellum.core.seal.RowReader;

/**
 * Turns a sealed row into a stripped row and its {@link RecordKey} into an {@link ArchiveKey},
 * field by field as the profile says. Rows of any set of aspects, with or without their sealed
 * fields: equal contents give equal bytes whichever way they came. Aspects are stripped each by
 * itself, so merging and stripping may be exchanged. Makes no object. Not thread-safe; reused from
 * row to row.
 */
public final class RowStripper {

  private static final long MICROS = 1_000_000;
  private static final long MILLIS = 1000;
  private static final int KIB = 1024;
  private static final int MAX_LABEL_BYTES = 32;

  private final StripProfile profile;
  private final YearMac mac;
  private final AccountHash accounts = new AccountHash();
  private final RowReader row = new RowReader();
  private final Wire wire = new Wire();
  private final Output out = new Output(1024);
  private final byte[] key = new byte[ArchiveKey.BYTES];
  private long startedAtMicros;
  private long startedSecond;

  /**
   * @param mac of the archive year that the month belongs to
   */
  public RowStripper(StripProfile profile, YearMac mac) {
    this.profile = profile;
    this.mac = mac;
  }

  /**
   * Strips a row; {@link #key} and {@link #row} then hold the result.
   *
   * @param recordKey buffer with the {@link RecordKey} at {@code keyOffset}
   * @param sealed buffer with the row, of format 1 or 3
   * @throws BrokenRow when it is no such row
   */
  public void strip(byte[] recordKey, int keyOffset, byte[] sealed, int offset, int length) {
    row.over(sealed, offset, length);
    if (row.format() == RowFormat.STRIPPED) {
      throw new BrokenRow("row has the format " + row.format() + ", which is stripped already");
    }
    startedAtMicros = RecordKey.millis(recordKey, keyOffset) * MILLIS + row.subMillis();
    startedSecond = Math.floorDiv(startedAtMicros, MICROS);
    out.clear();
    header();
    try {
      while (row.next()) {
        aspect();
      }
    } catch (Wire.Truncated e) {
      throw new BrokenRow("row ends in a field");
    }
    byte[] account = accounts.of(sealed, row.accountOffset(), row.accountLength());
    long high = Bytes.getLong(recordKey, keyOffset + RecordKey.ID_OFFSET);
    long low = Bytes.getLong(recordKey, keyOffset + RecordKey.ID_OFFSET + Long.BYTES);
    ArchiveKey.write(key, 0, recordKey, keyOffset, mac.mac(account, high, low));
  }

  /** The {@link ArchiveKey} of the last row; overwritten by the next. */
  public byte[] key() {
    return key;
  }

  /** The last row, stripped; overwritten by the next. */
  public Output row() {
    return out;
  }

  private void header() {
    out.writeByte(RowFormat.STRIPPED);
    out.writeVarint(RowFormat.within(0, row.zoneQuarters()));
    int channel = row.accountOffset() - 2;
    out.write(row.bytes(), channel, row.aspectsOffset() - channel);
  }

  private void aspect() {
    AspectKind kind = row.kind();
    out.writeByte(kind.id());
    if (kind == AspectKind.LEG) {
      out.writeByte(row.leg());
    }
    out.writeVarint(row.version());
    int start = out.reserve(1);
    wire.over(row.bytes(), row.fieldsOffset(), row.fieldsLength());
    fields(profile.shape(kind));
    out.closeLength(start);
  }

  private void fields(StripShape shape) {
    int kept = wire.position();
    while (wire.hasMore()) {
      int at = wire.position();
      int tag = (int) wire.readVarint();
      int type = tag & 7;
      StripRule rule = shape.rule(tag >>> 3);
      if (rule == StripRule.KEEP && (type == RowFormat.VARINT || type == RowFormat.ZONE)) {
        wire.readVarint();
      } else if (rule == StripRule.KEEP && type == RowFormat.BYTES) {
        wire.skip(wire.readLength());
      } else {
        out.write(wire.bytes(), kept, at - kept);
        switch (type) {
          case RowFormat.VARINT -> number(rule, tag);
          case RowFormat.BYTES -> bytes(shape, rule, tag);
          case RowFormat.SEALED -> wire.skip(wire.readLength());
          case RowFormat.CONTENT, RowFormat.ZONE -> wire.readVarint();
          case RowFormat.TIME -> time(rule, tag);
          default -> throw new BrokenRow("row has a field of the unknown type " + type);
        }
        kept = wire.position();
      }
    }
    out.write(wire.bytes(), kept, wire.position() - kept);
  }

  private void number(StripRule rule, int tag) {
    long value = wire.readVarint();
    long coarse =
        switch (rule) {
          case WHOLE_SECONDS -> value - value % MILLIS;
          case KIBIBYTES -> (value + KIB - 1) / KIB * KIB;
          default -> 0;
        };
    // Canonical rows leave defaults out.
    if (coarse != 0) {
      out.writeVarint(tag);
      out.writeVarint(coarse);
    }
  }

  private void time(StripRule rule, int tag) {
    long micros = startedAtMicros + wire.readZigzag();
    if (rule == StripRule.SECOND) {
      out.writeVarint(tag);
      out.writeZigzag(Math.floorDiv(micros, MICROS) - startedSecond);
    }
  }

  private void bytes(StripShape shape, StripRule rule, int tag) {
    int length = wire.readLength();
    int from = wire.position();
    switch (rule) {
      case INSIDE -> {
        inside(shape.inner(tag >>> 3), tag, length);
        return;
      }
      case BUSINESS -> {
        if (isClear(length)) {
          text(tag, wire.bytes(), from, length);
        }
      }
      case LABEL -> {
        if (isLabel(wire.bytes(), from, length)) {
          text(tag, wire.bytes(), from, length);
        }
      }
      case DLR_STATE -> word(Words.DLR_STATES, tag, length);
      case PROVIDER -> word(Words.MAIL_PROVIDERS, tag, length);
      default -> {}
    }
    wire.skip(from + length - wire.position());
  }

  private void inside(StripShape shape, int tag, int length) {
    int mark = out.size();
    int outer = wire.narrow(length);
    out.writeVarint(tag);
    int start = out.reserve(1);
    fields(shape);
    wire.widen(outer);
    if (out.size() == start + 1) {
      out.truncate(mark);
    } else {
      out.closeLength(start);
    }
  }

  /** Whether an identifier has a value in clear. */
  private boolean isClear(int length) {
    int outer = wire.narrow(length);
    boolean clear = false;
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      if ((tag & 7) == RowFormat.VARINT) {
        wire.readVarint();
      } else {
        clear = (tag & 7) == RowFormat.BYTES;
        wire.skip(wire.readLength());
      }
    }
    wire.widen(outer);
    return clear;
  }

  private static boolean isLabel(byte[] bytes, int from, int length) {
    if (length > MAX_LABEL_BYTES) {
      return false;
    }
    for (int i = from; i < from + length; i++) {
      int letter = bytes[i] | 0x20;
      if ((letter < 'a' || letter > 'z') && bytes[i] != '-' && bytes[i] != '_' && bytes[i] != ' ') {
        return false;
      }
    }
    return true;
  }

  private void word(Words words, int tag, int length) {
    byte[] word = words.find(wire.bytes(), wire.position(), length);
    if (word != null) {
      text(tag, word, 0, word.length);
    }
  }

  private void text(int tag, byte[] bytes, int from, int length) {
    out.writeVarint(tag);
    out.writeVarint(length);
    out.write(bytes, from, length);
  }
}
