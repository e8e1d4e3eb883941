package vellum.ingest.protocol;

import static vellum.ingest.protocol.FrameLayout.HEADER_BYTES;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A batch frame under construction: each record is serialised once, into its place. Room for the
 * longest prefix is left in front and filled from the right when the length is known. Not
 * thread-safe.
 *
 * <pre>
 *   | room | header 8 | 1A length | 08 first_sequence | 12 length record | 22 length event ...
 *          ^ offset of the frame                      ^ PREFIX
 * </pre>
 */
public final class BatchWriter {

  private static final int MAX_VARINT32 = 5;
  private static final int MAX_VARINT64 = 10;
  private static final int PREFIX = HEADER_BYTES + 1 + MAX_VARINT32 + 1 + MAX_VARINT64;
  private static final int FIRST_BYTES = 4 * 1024;

  private final int maxBytes;
  private byte[] bytes;
  private int end = PREFIX;
  private int records;

  /**
   * @param expectedBytes how large it will probably be
   * @param maxBytes most bytes of the records with their tags
   */
  public BatchWriter(int expectedBytes, int maxBytes) {
    this(expectedBytes, maxBytes, new byte[0]);
  }

  /**
   * @param room array that is written into if it is as large as expected; nobody else may use it
   */
  public BatchWriter(int expectedBytes, int maxBytes, byte[] room) {
    this.maxBytes = maxBytes;
    int expected = PREFIX + Math.min(maxBytes, Math.max(expectedBytes, FIRST_BYTES));
    this.bytes = room.length >= expected ? room : new byte[expected];
  }

  /** Bytes that a record of {@code recordBytes} takes in a batch. */
  public static int sizeInBatch(int recordBytes) {
    return 1 + CodedOutputStream.computeUInt32SizeNoTag(recordBytes) + recordBytes;
  }

  /** Bytes of the records so far. */
  public int size() {
    return end - PREFIX;
  }

  public int records() {
    return records;
  }

  /** Appends a record; false when there is no room for it. */
  public boolean add(Payload record) {
    int recordBytes = record.size();
    int needed = sizeInBatch(recordBytes);
    if (needed > maxBytes - size()) {
      return false;
    }
    reserve(needed);
    try {
      bytes[end] = (byte) (record.isUsage() ? FrameLayout.USAGE_TAG : FrameLayout.RECORD_TAG);
      putVarint(bytes, end + 1, recordBytes);
      record.writeTo(bytes, end + needed - recordBytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a record was larger than its computed size", e);
    }
    end += needed;
    records++;
    return true;
  }

  /** The frame. The writer is not to be used afterwards. */
  public BatchFrame frame(long firstSequence) {
    return seal(bytes, end, firstSequence, records);
  }

  /** The same batch with its records compressed; made from a frame that {@link #frame} returned. */
  public static BatchFrame compressed(BatchFrame plain, int level) {
    byte[] list = recordList(plain);
    int bound = (int) Zstd.compressBound(list.length);
    byte[] target = new byte[PREFIX + 1 + MAX_VARINT32 + bound];
    int start = PREFIX + 1 + MAX_VARINT32;
    int size = (int) Zstd.compressByteArray(target, start, bound, list, 0, list.length, level);
    int field = start - CodedOutputStream.computeUInt32SizeNoTag(size) - 1;
    target[field] = FrameLayout.COMPRESSED_TAG;
    putVarint(target, field + 1, size);
    byte[] moved = Arrays.copyOf(target, PREFIX + start - field + size);
    System.arraycopy(target, field, moved, PREFIX, start - field + size);
    return seal(moved, moved.length, plain.firstSequence(), plain.records());
  }

  /**
   * The same records in frames within limits, each in an array of its own; a record that is beyond
   * them alone stands alone. Made from a frame that {@link #frame} returned.
   *
   * @param maxContentBytes of a frame, as {@link BatchFrame#contentLength} counts
   */
  public static List<BatchFrame> split(BatchFrame plain, int maxContentBytes, int maxRecords) {
    List<BatchFrame> parts = new ArrayList<>();
    int mostBytes = maxContentBytes - (PREFIX - HEADER_BYTES);
    int end = plain.offset() + plain.length();
    WireCursor cursor = new WireCursor();
    cursor.reset(plain.bytes(), PREFIX, end - PREFIX);
    int start = PREFIX;
    long first = plain.firstSequence();
    int records = 0;
    while (!cursor.isAtEnd()) {
      int at = cursor.position();
      cursor.skip(1);
      cursor.skip(cursor.length());
      boolean isFull = records >= maxRecords || cursor.position() - start > mostBytes;
      if (records > 0 && isFull) {
        parts.add(part(plain, start, at, first, records));
        start = at;
        first += records;
        records = 0;
      }
      records++;
    }
    parts.add(part(plain, start, end, first, records));
    return parts;
  }

  private static BatchFrame part(BatchFrame plain, int start, int end, long first, int records) {
    byte[] bytes = new byte[PREFIX + end - start];
    System.arraycopy(plain.bytes(), start, bytes, PREFIX, end - start);
    return seal(bytes, bytes.length, first, records);
  }

  /** The records with the tag that they have in a RecordList. */
  private static byte[] recordList(BatchFrame plain) {
    byte[] list = Arrays.copyOfRange(plain.bytes(), PREFIX, plain.offset() + plain.length());
    WireCursor cursor = new WireCursor();
    cursor.reset(list, 0, list.length);
    while (!cursor.isAtEnd()) {
      int at = cursor.position();
      list[at] =
          list[at] == FrameLayout.USAGE_TAG
              ? (byte) FrameLayout.LIST_USAGE_TAG
              : (byte) FrameLayout.LIST_RECORD_TAG;
      cursor.skip(1);
      cursor.skip(cursor.length());
    }
    return list;
  }

  private static BatchFrame seal(byte[] bytes, int end, long firstSequence, int records) {
    int sequenceAt = PREFIX - CodedOutputStream.computeUInt64SizeNoTag(firstSequence) - 1;
    bytes[sequenceAt] = FrameLayout.FIRST_SEQUENCE_TAG;
    putVarint(bytes, sequenceAt + 1, firstSequence);
    int batchLength = end - sequenceAt;
    int frameAt = sequenceAt - CodedOutputStream.computeUInt32SizeNoTag(batchLength) - 1;
    bytes[frameAt] = FrameLayout.BATCH_TAG;
    putVarint(bytes, frameAt + 1, batchLength);
    int offset = frameAt - HEADER_BYTES;
    putInt(bytes, offset, end - frameAt);
    putInt(bytes, offset + FrameLayout.CRC_OFFSET, FrameLayout.crc(bytes, frameAt, end - frameAt));
    return new BatchFrame(bytes, offset, end - offset, firstSequence, records);
  }

  private void reserve(int needed) {
    if (bytes.length - end < needed) {
      int grown = Math.max(end + needed, Math.min(bytes.length * 2, PREFIX + maxBytes));
      bytes = Arrays.copyOf(bytes, grown);
    }
  }

  private static void putVarint(byte[] bytes, int at, long value) {
    int position = at;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[position++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    bytes[position] = (byte) rest;
  }

  private static void putInt(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }
}
