package vellum.core.subject;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vellum.core.record.MonthId;
import vellum.core.record.Output;
import vellum.core.record.RecordKey;
import vellum.core.record.Wire;
import vellum.core.seal.PersonParts;
import vellum.core.seal.Suspended;

/**
 * Bytes of a part of an erasure's ledger.
 *
 * <pre>
 *   u8      format = 1
 *   rows, to the end:
 *     u8      length of the month's name, name (ASCII)
 *     u8      0 a record, 1 a row in suspense
 *     varint  mask of {@link vellum.core.seal.ErasedParts}
 *     24      record key
 *     a record:          u8 pseudonyms, 8 bytes each, masked as in the journal
 *     a row in suspense: varint journal sequence, varint place
 * </pre>
 */
final class LedgerPart {

  /** Rows of a part, at most: about 300 KB. */
  static final int MOST_ROWS = 4_000;

  private static final int FORMAT = 1;
  private static final int HINT_BYTES = 8;

  private LedgerPart() {}

  static byte[] encode(List<ErasedRow> rows) {
    Output out = new Output(64 * rows.size() + 1);
    out.writeByte(FORMAT);
    for (ErasedRow row : rows) {
      byte[] month = row.month().toString().getBytes(StandardCharsets.US_ASCII);
      out.writeByte(month.length);
      out.write(month, 0, month.length);
      Suspended suspended = row.suspended();
      out.writeByte(suspended == null ? 0 : 1);
      out.writeVarint(row.found().parts());
      out.write(row.key(), 0, RecordKey.BYTES);
      if (suspended == null) {
        byte[] hints = row.found().hints();
        out.writeByte(hints.length / HINT_BYTES);
        out.write(hints, 0, hints.length);
      } else {
        out.writeVarint(suspended.sequence());
        out.writeVarint(suspended.place());
      }
    }
    return Arrays.copyOf(out.bytes(), out.size());
  }

  static List<ErasedRow> decode(byte[] bytes) {
    Wire wire = new Wire().over(bytes, 0, bytes.length);
    try {
      int format = wire.readByte();
      if (format != FORMAT) {
        throw new ErasureException.BrokenLedger(
            "has the format " + format + ", this version reads " + FORMAT);
      }
      List<ErasedRow> rows = new ArrayList<>();
      while (wire.hasMore()) {
        rows.add(row(wire));
      }
      return rows;
    } catch (Wire.Truncated e) {
      throw new ErasureException.BrokenLedger("ends in a row");
    }
  }

  private static ErasedRow row(Wire wire) {
    byte[] name = take(wire, wire.readByte());
    MonthId month = MonthId.parse(new String(name, StandardCharsets.US_ASCII));
    boolean isSuspended = wire.readByte() == 1;
    int parts = (int) wire.readVarint();
    byte[] key = take(wire, RecordKey.BYTES);
    if (isSuspended) {
      return ErasedRow.of(
          new Suspended(month, key, wire.readVarint(), (int) wire.readVarint()), parts);
    }
    return ErasedRow.of(
        month, key, new PersonParts.Found(parts, take(wire, wire.readByte() * HINT_BYTES)));
  }

  private static byte[] take(Wire wire, int length) {
    int from = wire.position();
    wire.skip(length);
    return Arrays.copyOfRange(wire.bytes(), from, from + length);
  }
}
