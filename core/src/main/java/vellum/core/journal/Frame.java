package vellum.core.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one excerpt of the queue, which is one entry of the journal.
 *
 * <p>The queue has no checksum and numbers excerpts anew in each file, so each carries its own.
 * {@code forced} is what tells bit rot from the un-forced end of a segment: an entry that says that
 * its predecessors were forced proves that one of them that cannot be read was lost, not unwritten.
 *
 * <pre>
 *  0  u32  magic 564C4A45 ("VLJE")
 *  4  u16  format = 1                 the first 36 bytes are the same in every format
 *  6  u16  kind
 *  8  u64  journal sequence
 * 16  u64  forced: journal sequence that was known to be forced when this was written
 * 24  u32  length of the stream header
 * 28  u32  length of the body
 * 32  u32  CRC32C of bytes 0 to 31 and of everything behind
 * 36  stream header:
 *       0  u64  appended at, microseconds since the epoch
 *       8  u64  epoch of the stream
 *      16  u64  first sequence in the stream; of an end, the last that the producer named
 *      24  u32  sequences
 *      28  u32  skip
 *      32  u16  number of the stream
 *      34  u8   length of the producer's name, 0 when there is no stream
 *      35  u8   length of the instance's name
 *      36  names, UTF-8
 *  ..  body
 * </pre>
 *
 * Big-endian. No state; thread-safe.
 */
final class Frame {

  static final int MAGIC = 0x564C4A45;
  static final int FIXED_BYTES = 36;
  static final int MAX_HEAD_BYTES = FIXED_BYTES + 36 + 2 * 64;

  private static final int FORMAT = 1;
  private static final int FORMAT_AT = 4;
  private static final int KIND_AT = 6;
  private static final int SEQUENCE_AT = 8;
  private static final int FORCED_AT = 16;
  private static final int STREAM_LENGTH_AT = 24;
  private static final int BODY_LENGTH_AT = 28;
  private static final int CRC_AT = 32;
  private static final int APPENDED_AT = FIXED_BYTES;
  private static final int EPOCH_AT = APPENDED_AT + 8;
  private static final int FIRST_AT = EPOCH_AT + 8;
  private static final int SEQUENCES_AT = FIRST_AT + 8;
  private static final int SKIP_AT = SEQUENCES_AT + 4;
  private static final int STREAM_AT = SKIP_AT + 4;
  private static final int PRODUCER_LENGTH_AT = STREAM_AT + 2;
  private static final int INSTANCE_LENGTH_AT = PRODUCER_LENGTH_AT + 1;
  private static final int NAMES_AT = INSTANCE_LENGTH_AT + 1;
  private static final int PADDING = 3;

  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);
  private static final VarHandle SHORT = view(short[].class);

  private Frame() {}

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
  }

  /** Writes everything in front of the body to a buffer of {@link #MAX_HEAD_BYTES}. */
  static int encodeHead(JournalEntry entry, long forced, byte[] head) {
    INT.set(head, 0, MAGIC);
    SHORT.set(head, FORMAT_AT, (short) FORMAT);
    SHORT.set(head, KIND_AT, entry.kind().id());
    LONG.set(head, SEQUENCE_AT, entry.sequence());
    LONG.set(head, FORCED_AT, forced);
    LONG.set(head, APPENDED_AT, entry.appendedAtMicros());
    LONG.set(head, EPOCH_AT, entry.epoch());
    LONG.set(head, FIRST_AT, entry.firstSequence());
    INT.set(head, SEQUENCES_AT, entry.sequences());
    INT.set(head, SKIP_AT, entry.skip());
    int end = encodeStream(entry.stream(), head);
    INT.set(head, STREAM_LENGTH_AT, end - FIXED_BYTES);
    INT.set(head, BODY_LENGTH_AT, entry.bodyLength());
    CRC32C crc = new CRC32C();
    crc.update(head, 0, CRC_AT);
    crc.update(head, FIXED_BYTES, end - FIXED_BYTES);
    crc.update(entry.buffer(), entry.bodyOffset(), entry.bodyLength());
    INT.set(head, CRC_AT, (int) crc.getValue());
    return end;
  }

  private static int encodeStream(@Nullable StreamId stream, byte[] head) {
    if (stream == null) {
      SHORT.set(head, STREAM_AT, (short) 0);
      head[PRODUCER_LENGTH_AT] = 0;
      head[INSTANCE_LENGTH_AT] = 0;
      return NAMES_AT;
    }
    byte[] producer = stream.producer().getBytes(StandardCharsets.UTF_8);
    byte[] instance = stream.instance().getBytes(StandardCharsets.UTF_8);
    SHORT.set(head, STREAM_AT, (short) stream.stream());
    head[PRODUCER_LENGTH_AT] = (byte) producer.length;
    head[INSTANCE_LENGTH_AT] = (byte) instance.length;
    System.arraycopy(producer, 0, head, NAMES_AT, producer.length);
    System.arraycopy(instance, 0, head, NAMES_AT + producer.length, instance.length);
    return NAMES_AT + producer.length + instance.length;
  }

  /** What is wrong with an excerpt of that length, or null when it is what was written. */
  static @Nullable String fault(byte[] buffer, int length) {
    if (length < FIXED_BYTES || (int) INT.get(buffer, 0) != MAGIC) {
      return "no journal entry";
    }
    long end = end(buffer);
    if (end < FIXED_BYTES || end > length || length - end > PADDING) {
      return "an entry of another length";
    }
    CRC32C crc = new CRC32C();
    crc.update(buffer, 0, CRC_AT);
    crc.update(buffer, FIXED_BYTES, (int) end - FIXED_BYTES);
    if ((int) crc.getValue() != (int) INT.get(buffer, CRC_AT)) {
      return "an entry with a wrong checksum";
    }
    return null;
  }

  /** Where an entry ends, as its first 36 bytes say; less than 36 when they cannot be true. */
  static long end(byte[] fixed) {
    int stream = (int) INT.get(fixed, STREAM_LENGTH_AT);
    int body = (int) INT.get(fixed, BODY_LENGTH_AT);
    return stream < 0 || body < 0 ? -1 : (long) FIXED_BYTES + stream + body;
  }

  static long sequence(byte[] buffer) {
    return (long) LONG.get(buffer, SEQUENCE_AT);
  }

  static long forced(byte[] buffer) {
    return (long) LONG.get(buffer, FORCED_AT);
  }

  /**
   * Reads an excerpt without {@linkplain #fault fault}.
   *
   * @throws JournalException.WrongFormat when a newer version wrote it
   */
  static JournalEntry decode(byte[] buffer) {
    int format = (short) SHORT.get(buffer, FORMAT_AT);
    int kindId = (short) SHORT.get(buffer, KIND_AT);
    JournalEntry.Kind kind = JournalEntry.Kind.of(kindId);
    if (format != FORMAT || kind == null) {
      throw new JournalException.WrongFormat(
          "entry of format " + format + ", kind " + kindId + "; this version reads " + FORMAT);
    }
    int streamLength = (int) INT.get(buffer, STREAM_LENGTH_AT);
    return new JournalEntry(
        sequence(buffer),
        kind,
        (long) LONG.get(buffer, APPENDED_AT),
        decodeStream(buffer),
        (long) LONG.get(buffer, EPOCH_AT),
        (long) LONG.get(buffer, FIRST_AT),
        (int) INT.get(buffer, SEQUENCES_AT),
        (int) INT.get(buffer, SKIP_AT),
        buffer,
        FIXED_BYTES + streamLength,
        (int) INT.get(buffer, BODY_LENGTH_AT));
  }

  private static @Nullable StreamId decodeStream(byte[] buffer) {
    int producer = buffer[PRODUCER_LENGTH_AT];
    int instance = buffer[INSTANCE_LENGTH_AT];
    if (producer == 0) {
      return null;
    }
    return new StreamId(
        new String(buffer, NAMES_AT, producer, StandardCharsets.UTF_8),
        new String(buffer, NAMES_AT + producer, instance, StandardCharsets.UTF_8),
        (short) SHORT.get(buffer, STREAM_AT) & 0xFFFF);
  }
}
