package vellum.core.crypto;

import java.util.Arrays;
import vellum.core.record.IdentityClass;

/**
 * What S2V makes of the constant of each (class, field), doubled and ready to be XORed with the
 * record's MAC: a direct-mapped cache of fixed size, since a schema has some dozens of places and a
 * miss costs one AES block. Not thread-safe.
 */
final class Places {

  private static final int SLOTS = 512;
  private static final int EMPTY = -1;

  private final int format;
  private final AesCmac cmac;
  private final long startHigh;
  private final long startLow;
  private final int[] places = new int[SLOTS];
  private final long[] high = new long[SLOTS];
  private final long[] low = new long[SLOTS];

  Places(int format, AesCmac cmac) {
    this.format = format;
    this.cmac = cmac;
    cmac.mac16(0, 0);
    startHigh = AesCmac.doubleHigh(cmac.high(), cmac.low());
    startLow = AesCmac.doubleLow(cmac.high(), cmac.low());
    Arrays.fill(places, EMPTY);
  }

  /** Slot that holds the state of a place until the next call. */
  int slot(IdentityClass c, int field) {
    if (field < 0 || field > 0xFFFF) {
      throw new IllegalArgumentException("field path number must be 0 to 65535: " + field);
    }
    int place = c.id() << 16 | field;
    int slot = place * 0x9E37_79B1 >>> 23;
    if (places[slot] != place) {
      fill(slot, place);
    }
    return slot;
  }

  long high(int slot) {
    return high[slot];
  }

  long low(int slot) {
    return low[slot];
  }

  private void fill(int slot, int place) {
    cmac.mac16((long) format << 56 | (long) place << 32, 0);
    long sumHigh = startHigh ^ cmac.high();
    long sumLow = startLow ^ cmac.low();
    high[slot] = AesCmac.doubleHigh(sumHigh, sumLow);
    low[slot] = AesCmac.doubleLow(sumHigh, sumLow);
    places[slot] = place;
  }
}
