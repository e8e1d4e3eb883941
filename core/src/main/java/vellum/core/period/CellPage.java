package vellum.core.period;

import java.util.Arrays;
import vellum.core.billing.CellKeys;
import vellum.core.billing.CellMap;
import vellum.core.billing.CellSink;
import vellum.core.billing.Measures;
import vellum.core.record.Output;
import vellum.core.record.Wire;

/**
 * A page of cells: those of one party and day that a hash of the rest of their keys puts together,
 * as one row of a table. To write a page costs little more than to write a cell by itself would,
 * and what many messages change lies in few pages. Not thread-safe; reused from page to page.
 *
 * <pre>
 *   key     what the keys of its cells begin with: cube, party, day
 *           u8  number of the page
 *   value   cells that are not zero, in no order, each:
 *           varint length | what its key has behind the day | {@link Measures}
 * </pre>
 */
final class CellPage {

  private static final int DAY_BYTES = 4;

  /** Of the hash that numbers pages. On disk: another one, and {@link MonthCells} changes too. */
  private static final int HASH_FACTOR = 0x9E37_79B1;

  private final CellMap changed = new CellMap();
  private final Output value = new Output(1 << 12);
  private final Measures measures = new Measures();
  private final Wire wire = new Wire();
  private byte[] key = new byte[1 << 9];
  private int prefix;

  /** Where a cell's key goes on behind what the page's key has of it. */
  static int prefixLength(byte[] key, int offset) {
    return CellKeys.partyOffset(0) + CellKeys.partyLength(key, offset) + DAY_BYTES;
  }

  /** The number of a cell's page among so many, a power of two, 256 at most. */
  static int number(byte[] key, int offset, int length, int pages) {
    int hash = 0;
    for (int i = offset + prefixLength(key, offset); i < offset + length; i++) {
      hash = (hash ^ key[i]) * HASH_FACTOR;
    }
    return hash >>> Integer.SIZE - Byte.SIZE & pages - 1;
  }

  /** Begins with an empty page of this key. */
  CellPage begin(byte[] pageKey, int length) {
    prefix = length - 1;
    if (key.length < prefix) {
      key = new byte[2 * prefix];
    }
    System.arraycopy(pageKey, 0, key, 0, prefix);
    changed.clear();
    value.clear();
    return this;
  }

  /** Takes by how much a cell changes; before {@link #merge}. */
  void change(CellMap cells, int cell) {
    changed.addFrom(cells, cell);
  }

  /** Takes what is stored of the page: cells that do not change are copied as they are. */
  void merge(byte[] stored, int offset, int length) {
    wire.over(stored, offset, length);
    while (wire.hasMore()) {
      int from = wire.position();
      int keyLength = readKey(wire);
      int cell = changed.find(key, 0, keyLength);
      if (cell >= 0) {
        measures.clear();
        measures.addFrom(wire);
        changed.add(key, 0, keyLength, measures);
      } else {
        Measures.skip(wire);
        value.write(stored, from, wire.position() - from);
      }
    }
  }

  /** Ends the page: what is to be stored of it, empty when nothing is. */
  Output finish() {
    byte[] keys = changed.keys();
    for (int cell = 0; cell < changed.size(); cell++) {
      if (!changed.isZero(cell)) {
        int rest = changed.keyLength(cell) - prefix;
        value.writeVarint(rest);
        value.write(keys, changed.keyOffset(cell) + prefix, rest);
        changed.measures(cell, measures).write(value);
      }
    }
    return value;
  }

  /** Hands out the cells of the page that was begun, as it is stored. */
  void read(byte[] stored, int length, CellSink sink) {
    wire.over(stored, 0, length);
    while (wire.hasMore()) {
      int keyLength = readKey(wire);
      measures.clear();
      measures.addFrom(wire);
      sink.cell(key, 0, keyLength, measures);
    }
  }

  /** Makes the key of the cell at hand; returns its length. */
  private int readKey(Wire from) {
    int rest = from.readLength();
    int length = prefix + rest;
    if (key.length < length) {
      key = Arrays.copyOf(key, 2 * length);
    }
    System.arraycopy(from.bytes(), from.position(), key, prefix, rest);
    from.skip(rest);
    return length;
  }
}
