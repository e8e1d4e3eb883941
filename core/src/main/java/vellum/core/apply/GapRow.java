package vellum.core.apply;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import vellum.core.journal.StreamGap;
import vellum.core.journal.StreamId;

/**
 * The row of a gap in the control store. Big-endian. Stateless.
 *
 * <pre>
 *  0  u8   format = 1
 *  1  u8   cause: 1 skipped, 2 goodbye
 *  2  u64  epoch
 * 10  u64  first sequence
 * 18  u64  last sequence
 * 26  u64  found at, microseconds since the epoch
 * 34  u16  number of the stream
 * 36  u8   length of the producer's name
 * 37  names of producer and instance, UTF-8
 * </pre>
 */
final class GapRow {

  private static final int FORMAT = 1;
  private static final int FIXED_BYTES = 37;

  private GapRow() {}

  static byte[] write(StreamGap gap) {
    byte[] producer = gap.stream().producer().getBytes(StandardCharsets.UTF_8);
    byte[] instance = gap.stream().instance().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(FIXED_BYTES + producer.length + instance.length)
        .put((byte) FORMAT)
        .put((byte) gap.cause().id())
        .putLong(gap.epoch())
        .putLong(gap.first())
        .putLong(gap.last())
        .putLong(gap.foundAtMicros())
        .putShort((short) gap.stream().stream())
        .put((byte) producer.length)
        .put(producer)
        .put(instance)
        .array();
  }

  /**
   * Reads a row.
   *
   * @throws ApplyException.WrongFormat when it is none that this version knows
   */
  static StreamGap read(long journalSequence, byte[] row) {
    if (row.length < FIXED_BYTES || row[0] != FORMAT) {
      throw new ApplyException.WrongFormat("gap", row.length == 0 ? -1 : row[0], FORMAT);
    }
    ByteBuffer in = ByteBuffer.wrap(row, 1, row.length - 1);
    StreamGap.Cause cause = StreamGap.Cause.of(in.get());
    long epoch = in.getLong();
    long first = in.getLong();
    long last = in.getLong();
    long foundAtMicros = in.getLong();
    int stream = Short.toUnsignedInt(in.getShort());
    byte[] producer = new byte[in.get()];
    in.get(producer);
    byte[] instance = new byte[in.remaining()];
    in.get(instance);
    StreamId id =
        new StreamId(
            new String(producer, StandardCharsets.UTF_8),
            new String(instance, StandardCharsets.UTF_8),
            stream);
    return new StreamGap(id, epoch, first, last, foundAtMicros, journalSequence, cause);
  }
}
