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

  /** Pages that the cells of a party and day are spread over, 1 to 256; on disk. */
  private static final int PAGES = 16;

  private static final int DAY_BYTES = 4;

  /** Of the hash that numbers pages; on disk. */
  private static final int HASH_FACTOR = 0x9E37_79B1;

  /** Cells that change, under what their keys have behind the day. */
  private final CellMap changed = new CellMap();

  private final Output value = new Output(1 << 12);
  private final Measures measures = new Measures();
  private final Wire wire = new Wire();
  private byte[] key = new byte[1 << 9];
  private int prefix;

  /** How many bytes a cell's key has up to the end of its day. */
  static int prefix(byte[] key, int offset) {
    return CellKeys.partyOffset(0) + CellKeys.partyLength(key, offset) + DAY_BYTES;
  }

  /** The number of a cell's page. */
  static int number(byte[] key, int offset, int length) {
    int hash = 0;
    for (int i = offset + prefix(key, offset); i < offset + length; i++) {
      hash = (hash ^ key[i]) * HASH_FACTOR;
    }
    return hash >>> Integer.SIZE - Byte.SIZE & PAGES - 1;
  }

  /** Begins with an empty page of this key. */
  CellPage begin(byte[] pageKey, int length) {
    prefix = length - 1;
    reserve(prefix);
    System.arraycopy(pageKey, 0, key, 0, prefix);
    changed.clear();
    value.clear();
    return this;
  }

  private void reserve(int length) {
    if (key.length < length) {
      key = Arrays.copyOf(key, 2 * length);
    }
  }

  /** Takes by how much a cell changes. */
  void change(CellMap cells, int cell) {
    changed.addFrom(cells, cell, prefix);
  }

  /** Takes by how much the cells of another page change, before that is {@link #merge}d. */
  void change(CellPage other) {
    changed.addAll(other.changed);
  }

  /**
   * Adds what is stored of the page; returns what is to be stored from now on, empty when nothing
   * is. Cells that do not change are copied as they are.
   */
  Output merge(byte[] stored, int offset, int length) {
    wire.over(stored, offset, length);
    while (wire.hasMore()) {
      int from = wire.position();
      int rest = wire.readLength();
      int cell = changed.find(stored, wire.position(), rest);
      wire.skip(rest);
      if (cell >= 0) {
        measures.clear();
        measures.addFrom(wire);
        changed.add(cell, measures);
      } else {
        Measures.skip(wire);
        value.write(stored, from, wire.position() - from);
      }
    }
    writeChanged();
    return value;
  }

  private void writeChanged() {
    byte[] keys = changed.keys();
    for (int cell = 0; cell < changed.size(); cell++) {
      if (!changed.isZero(cell)) {
        int rest = changed.keyLength(cell);
        value.writeVarint(rest);
        value.write(keys, changed.keyOffset(cell), rest);
        changed.measures(cell, measures).write(value);
      }
    }
  }

  /** Hands out the cells of the page that was begun, as it is stored. */
  void read(byte[] stored, int length, CellSink sink) {
    wire.over(stored, 0, length);
    while (wire.hasMore()) {
      int rest = wire.readLength();
      reserve(prefix + rest);
      System.arraycopy(stored, wire.position(), key, prefix, rest);
      wire.skip(rest);
      measures.clear();
      measures.addFrom(wire);
      sink.cell(key, 0, prefix + rest, measures);
    }
  }
}
