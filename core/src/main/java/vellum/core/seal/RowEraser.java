package vellum.core.seal;

import vellum.core.record.AspectKind;
import vellum.core.record.Output;
import vellum.core.record.Wire;

/**
 * Takes parts of a record out of its row, which is of {@link RowFormat#ERASED} then and says which
 * they are. What a message brings of them later is taken out likewise before it is compared or
 * merged, so equal contents have equal bytes again, and what was erased stays erased. A strip makes
 * the same of the row as it would have made of the one before. Needs no key. Not thread-safe;
 * reused from row to row.
 */
public final class RowEraser {

  /** Every identity of a message. */
  public static final long ALL_KEPT = -1;

  private final RowReader row = new RowReader();
  private final Wire wire = new Wire();
  private final SubmissionWalk walk = new SubmissionWalk();
  private long kept;
  private int identities;

  /** The parts that a row lost, of {@link ErasedParts}; none of a stripped one, which has none. */
  public int parts(byte[] bytes, int offset, int length) {
    return bytes[offset] == RowFormat.ERASED
        ? row.over(bytes, offset, length).erased()
        : ErasedParts.NONE;
  }

  /**
   * Writes a row without some parts behind what {@code out} holds.
   *
   * @param parts of {@link ErasedParts}, besides those that the row lost before
   * @throws BrokenRow when the row is not a sealed one
   */
  public void erase(byte[] bytes, int offset, int length, int parts, Output out) {
    row.over(bytes, offset, length);
    if (row.format() == RowFormat.STRIPPED) {
      throw new BrokenRow("row is stripped and has nothing to be erased");
    }
    int mask = ErasedParts.checked(row.erased() | parts);
    out.writeByte(RowFormat.ERASED);
    out.writeVarint(mask);
    out.write(bytes, row.headerOffset(), row.aspectsOffset() - row.headerOffset());
    try {
      while (row.next()) {
        if (row.kind() == AspectKind.SUBMISSION) {
          submission(mask, out);
        } else {
          out.write(bytes, row.aspectOffset(), row.aspectEnd() - row.aspectOffset());
        }
      }
    } catch (Wire.Truncated e) {
      throw new BrokenRow("row ends in a field");
    }
  }

  private void submission(int mask, Output out) {
    out.writeByte(AspectKind.SUBMISSION.id());
    out.writeVarint(row.version());
    int start = out.reserve(1);
    wire.over(row.bytes(), row.fieldsOffset(), row.fieldsLength());
    int copied = wire.position();
    while (wire.hasMore()) {
      int at = wire.position();
      int tag = (int) wire.readVarint();
      int type = tag & 7;
      int part = mask & ErasedParts.ofField(tag >>> 3);
      if (part == ErasedParts.NONE || !ErasedParts.isParty(part) && type != RowFormat.SEALED) {
        SubmissionWalk.skip(wire, type);
        continue;
      }
      out.write(wire.bytes(), copied, at - copied);
      if (type == RowFormat.BYTES) {
        party(tag, out);
      } else {
        SubmissionWalk.skip(wire, type);
      }
      copied = wire.position();
    }
    out.write(wire.bytes(), copied, wire.position() - copied);
    out.closeLength(start);
  }

  /** Writes a party with what of it is in clear, or nothing when nothing is. */
  private void party(int tag, Output out) {
    int mark = out.size();
    int outer = wire.narrow(wire.readLength());
    out.writeVarint(tag);
    int start = out.reserve(1);
    while (wire.hasMore()) {
      int at = wire.position();
      wire.readVarint();
      int length = wire.readLength();
      if (isClear(length)) {
        out.write(wire.bytes(), at, wire.position() - at);
      }
    }
    wire.widen(outer);
    if (out.size() == start + 1) {
      out.truncate(mark);
    } else {
      out.closeLength(start);
    }
  }

  /** Reads an identifier; whether it has a value in clear. */
  private boolean isClear(int length) {
    int outer = wire.narrow(length);
    boolean clear = false;
    while (wire.hasMore()) {
      int type = (int) wire.readVarint() & 7;
      clear |= type == RowFormat.BYTES;
      SubmissionWalk.skip(wire, type);
    }
    wire.widen(outer);
    return clear;
  }

  /** Version of a row's submission, 0 when it has none. */
  public long submission(byte[] bytes, int offset, int length) {
    row.over(bytes, offset, length);
    while (row.next()) {
      if (row.kind() == AspectKind.SUBMISSION) {
        return row.version();
      }
    }
    return 0;
  }

  /**
   * Which identities of a message are of none of some parts, and may be indexed.
   *
   * @param bytes the message's row as it came
   * @return a bit for each of its identities, in their order
   */
  public long kept(byte[] bytes, int offset, int length, int parts) {
    if (parts == ErasedParts.NONE) {
      return ALL_KEPT;
    }
    kept = 0;
    identities = 0;
    walk.over(
        bytes,
        offset,
        length,
        (part, kind, value, from, size) -> {
          kept |= (part & parts) == 0 ? 1L << identities : 0;
          identities++;
        });
    return kept;
  }
}
