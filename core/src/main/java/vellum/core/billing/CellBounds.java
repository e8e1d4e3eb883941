package vellum.core.billing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import vellum.core.record.Output;

/**
 * A range of cells by the bytes of their keys. The cells of one party lie together in order of
 * their days; of many parties, what lies outside of the days is jumped over. Immutable.
 */
public final class CellBounds {

  private final CellRange range;
  private final byte[] party;

  public CellBounds(CellRange range) {
    this.range = range;
    this.party =
        range.party() == null ? new byte[0] : range.party().getBytes(StandardCharsets.UTF_8);
  }

  /** The party in UTF-8, as keys have it; empty for all parties, and for the one without a name. */
  public byte[] party() {
    return party.clone();
  }

  /** A key at or before every key of the range. */
  public byte[] from() {
    return range.party() == null
        ? new byte[] {(byte) range.cube().id()}
        : at(party, 0, party.length, range.fromDay());
  }

  /** A key behind every key of the range. */
  public byte[] to() {
    return range.party() == null
        ? new byte[] {(byte) (range.cube().id() + 1)}
        : at(party, 0, party.length, range.toDay());
  }

  /** Whether the cell of a key lies in the range. */
  public boolean holds(byte[] key, int offset) {
    if (key[offset] != range.cube().id()) {
      return false;
    }
    int day = CellKeys.day(key, offset);
    return day >= range.fromDay() && day < range.toDay() && isParty(key, offset);
  }

  private boolean isParty(byte[] key, int offset) {
    int from = CellKeys.partyOffset(offset);
    return range.party() == null
        || Arrays.equals(
            party, 0, party.length, key, from, from + CellKeys.partyLength(key, offset));
  }

  /** Behind a key of the cube that is not in the range: a key at or before the next that is. */
  public byte[] behind(byte[] key, int offset) {
    int from = CellKeys.partyOffset(offset);
    int length = CellKeys.partyLength(key, offset);
    if (CellKeys.day(key, offset) < range.fromDay()) {
      return at(key, from, length, range.fromDay());
    }
    Output end = CellKeys.prefix(range.cube(), key, from, length);
    for (int i = 0; i < Long.BYTES; i++) {
      end.writeByte(0xFF);
    }
    return Arrays.copyOf(end.bytes(), end.size());
  }

  private byte[] at(byte[] of, int offset, int length, int day) {
    Output key = CellKeys.prefix(range.cube(), of, offset, length);
    CellKeys.writeDay(key, day);
    return Arrays.copyOf(key.bytes(), key.size());
  }
}
