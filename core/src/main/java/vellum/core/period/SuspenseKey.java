package vellum.core.period;

import vellum.core.record.Bytes;
import vellum.core.record.RecordKey;

/**
 * Key of a message that could not be merged into its record.
 *
 * <pre>
 *    0  24  record key
 *   24  8   journal sequence of the batch that brought it
 *   32  4   its place in the batch
 *   36
 * </pre>
 *
 * A replay makes the same key again, so nothing is kept twice.
 */
final class SuspenseKey {

  static final int SEQUENCE_OFFSET = RecordKey.BYTES;
  static final int PLACE_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
  static final int BYTES = PLACE_OFFSET + Integer.BYTES;

  private SuspenseKey() {}

  static byte[] of(byte[] key, int keyOffset, long sequence, int place) {
    byte[] out = new byte[BYTES];
    System.arraycopy(key, keyOffset, out, 0, RecordKey.BYTES);
    Bytes.putLong(out, SEQUENCE_OFFSET, sequence);
    Bytes.putInt(out, PLACE_OFFSET, place);
    return out;
  }
}
