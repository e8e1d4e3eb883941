package vellum.core.billing;

import java.time.YearMonth;
import java.util.Arrays;
import vellum.core.record.AspectKind;
import vellum.core.record.Output;
import vellum.core.record.Wire;

/**
 * Rows of postings, under a {@link PostingKey}.
 *
 * <pre>
 *   u8      1, the format
 *   u8      reason
 *   u24     period it is of: months since January of the year 0, big-endian
 *   u8      aspect, or 0
 *   u8      number of the leg, or 0
 *   varint  version of the aspect
 *   varint  number of the run of re-rating, only where that is the reason
 *   u8      width of the record's key, then the key
 *   varint  length of the cell's key, then the key
 *   {@link Measures}: the difference
 * </pre>
 */
public final class PostingRow {

  /** Number of the format that is written. */
  static final int FORMAT = 1;

  private PostingRow() {}

  /** The row of a posting. */
  public static byte[] of(Posting posting) {
    Output out = new Output(128);
    out.writeByte(FORMAT);
    out.writeByte(posting.cause().reason().id());
    PostingKey.writeBigEndian(out, PostingKey.number(posting.of()), 3);
    AspectKind aspect = posting.cause().aspect();
    out.writeByte(aspect == null ? 0 : aspect.id());
    out.writeByte(posting.cause().leg());
    out.writeVarint(posting.cause().version());
    if (posting.cause().reason() == Posting.Reason.RERATED) {
      out.writeVarint(posting.cause().run());
    }
    out.writeByte(posting.recordKey().length);
    out.write(posting.recordKey(), 0, posting.recordKey().length);
    out.writeVarint(posting.cell().length);
    out.write(posting.cell(), 0, posting.cell().length);
    posting.delta().write(out);
    return Arrays.copyOf(out.bytes(), out.size());
  }

  /**
   * Reads a posting.
   *
   * @throws IllegalArgumentException when a row is of another format
   */
  public static Posting read(byte[] key, byte[] row) {
    PostingKey.Key parts = PostingKey.decode(key);
    Wire wire = new Wire().over(row, 0, row.length);
    int format = wire.readByte();
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "a posting has the format " + format + ", this version reads " + FORMAT);
    }
    Posting.Reason reason = Posting.Reason.ofId(wire.readByte());
    YearMonth of = PostingKey.month((int) PostingKey.readBigEndian(wire, 3));
    AspectKind aspect = AspectKind.ofId(wire.readByte());
    int leg = wire.readByte();
    long version = wire.readVarint();
    long run = reason == Posting.Reason.RERATED ? wire.readVarint() : RunName.NONE;
    Posting.Cause cause = new Posting.Cause(reason, aspect, leg, version, run);
    byte[] recordKey = bytes(wire, wire.readByte());
    byte[] cell = bytes(wire, wire.readLength());
    Measures delta = new Measures();
    delta.addFrom(wire);
    return new Posting(
        parts.kind(), parts.party(), parts.to(), of, parts.origin(), cause, recordKey, cell, delta);
  }

  private static byte[] bytes(Wire wire, int length) {
    int from = wire.position();
    wire.skip(length);
    return Arrays.copyOfRange(wire.bytes(), from, from + length);
  }
}
