package vellum.ingest.protocol;

import static vellum.ingest.protocol.CorruptFrame.garbled;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import org.jspecify.annotations.Nullable;
import vellum.v1.FailureCode;

/**
 * A cursor over the records and usage events of a batch frame, in place. The frame is checked whole
 * before the first record is handed out; whether the bytes of a record are one is not its concern.
 * Used by one thread, for one batch at a time; keeps a buffer for inflated batches.
 *
 * <pre>
 *   1A length { 08 first_sequence
 *               12 length record, 22 length event ...  |  1A length zstd{ 0A length record, 12 length event ... } }
 * </pre>
 */
public final class BatchReader implements AutoCloseable {

  private final int maxRecords;
  private final int maxInflatedBytes;
  private final WireCursor cursor = new WireCursor();
  private @Nullable ZstdDecompressCtx zstd;
  private byte[] inflated = new byte[0];

  private byte[] buffer = inflated;
  private int recordTag;
  private int usageTag;
  private boolean isUsage;
  private int offset;
  private int length;
  private long firstSequence;
  private int records;

  private int compressedOffset;
  private int compressedLength;

  /**
   * @param maxRecords most records of a batch
   * @param maxInflatedBytes most bytes of a batch once decompressed
   */
  public BatchReader(int maxRecords, int maxInflatedBytes) {
    this.maxRecords = maxRecords;
    this.maxInflatedBytes = maxInflatedBytes;
  }

  /**
   * Checks a batch and stands before its first record.
   *
   * @param compressionAgreed whether the batch may be compressed
   * @return null, or why the batch cannot be read
   */
  public @Nullable CorruptFrame open(RawFrame frame, boolean compressionAgreed) {
    buffer = frame.bytes();
    CorruptFrame corrupt = scanBatch(frame);
    if (corrupt == null && compressedLength > 0) {
      corrupt =
          compressionAgreed
              ? inflate()
              : badCompression("batch is compressed and Welcome named no codec");
    }
    if (corrupt != null) {
      return corrupt;
    }
    return records == 0 ? garbled("batch without records") : checkSequences();
  }

  /** Sequence of the first record, at least 1. */
  public long firstSequence() {
    return firstSequence;
  }

  /** Sequence of the last record. */
  public long lastSequence() {
    return firstSequence + records - 1;
  }

  /** How many records there are, at least 1. */
  public int records() {
    return records;
  }

  /** Moves to the next record; false behind the last. */
  public boolean next() {
    while (!cursor.isAtEnd()) {
      int tag = cursor.tag();
      if (tag == recordTag || tag == usageTag) {
        isUsage = tag == usageTag;
        length = cursor.length();
        offset = cursor.position();
        cursor.skip(length);
        return true;
      }
      cursor.varint();
    }
    return false;
  }

  /** Whether it is an event of the usage log and no record. */
  public boolean isUsage() {
    return isUsage;
  }

  /** Buffer that holds the record: {@link #length} bytes from {@link #offset}. */
  public byte[] buffer() {
    return buffer;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  private @Nullable CorruptFrame scanBatch(RawFrame frame) {
    firstSequence = 0;
    records = 0;
    compressedLength = 0;
    cursor.reset(buffer, 0, frame.length());
    cursor.skip(1);
    int batchLength = cursor.length();
    int start = cursor.position();
    if (cursor.isBroken() || start + batchLength != frame.length()) {
      return garbled("frame does not end with its batch");
    }
    CorruptFrame corrupt = scanFields();
    recordTag = FrameLayout.RECORD_TAG;
    usageTag = FrameLayout.USAGE_TAG;
    cursor.reset(buffer, start, batchLength);
    return corrupt;
  }

  private @Nullable CorruptFrame scanFields() {
    while (!cursor.isAtEnd()) {
      switch (cursor.tag()) {
        case FrameLayout.FIRST_SEQUENCE_TAG -> firstSequence = cursor.varint();
        case FrameLayout.RECORD_TAG, FrameLayout.USAGE_TAG -> {
          cursor.skip(cursor.length());
          records++;
        }
        case FrameLayout.COMPRESSED_TAG -> {
          compressedLength = cursor.length();
          compressedOffset = cursor.position();
          cursor.skip(compressedLength);
        }
        default -> {
          return garbled("batch has a field that the schema does not know");
        }
      }
    }
    return checkScan(compressedLength > 0 && records > 0);
  }

  private @Nullable CorruptFrame checkScan(boolean both) {
    if (cursor.isBroken()) {
      return garbled("batch ends inside a field");
    }
    if (both) {
      return garbled("batch has both records and compressed ones");
    }
    return records > maxRecords ? tooMany() : null;
  }

  private CorruptFrame tooMany() {
    return new CorruptFrame(
        FailureCode.BATCH_TOO_LARGE, "batch has more than " + maxRecords + " records");
  }

  private @Nullable CorruptFrame checkSequences() {
    if (firstSequence <= 0 || firstSequence > Long.MAX_VALUE - records) {
      return new CorruptFrame(FailureCode.BAD_SEQUENCE, "sequences must be 1 to " + Long.MAX_VALUE);
    }
    return null;
  }

  private @Nullable CorruptFrame inflate() {
    long declared = declaredBytes();
    if (declared <= 0) {
      return badCompression("compressed batch does not declare its content size");
    }
    if (declared > maxInflatedBytes) {
      return badCompression("compressed batch has more than " + maxInflatedBytes + " bytes");
    }
    if (inflated.length < declared) {
      inflated = new byte[(int) declared];
    }
    if (!decompress((int) declared)) {
      return badCompression("compressed batch is not what it declares");
    }
    buffer = inflated;
    return scanList((int) declared);
  }

  private long declaredBytes() {
    return Zstd.getFrameContentSize(buffer, compressedOffset, compressedLength);
  }

  private boolean decompress(int declared) {
    if (zstd == null) {
      zstd = new ZstdDecompressCtx();
    }
    try {
      return zstd.decompressByteArray(
              inflated, 0, declared, buffer, compressedOffset, compressedLength)
          == declared;
    } catch (ZstdException e) {
      return false; // The decompressor's only way to say that these bytes are none of its own.
    }
  }

  private @Nullable CorruptFrame scanList(int declared) {
    cursor.reset(inflated, 0, declared);
    while (!cursor.isAtEnd()) {
      int tag = cursor.tag();
      if (tag != FrameLayout.LIST_RECORD_TAG && tag != FrameLayout.LIST_USAGE_TAG) {
        return garbled("record list has a field that the schema does not know");
      }
      cursor.skip(cursor.length());
      records++;
    }
    if (cursor.isBroken() || records > maxRecords) {
      return cursor.isBroken() ? garbled("record list ends inside a record") : tooMany();
    }
    recordTag = FrameLayout.LIST_RECORD_TAG;
    usageTag = FrameLayout.LIST_USAGE_TAG;
    cursor.reset(inflated, 0, declared);
    return null;
  }

  private static CorruptFrame badCompression(String reason) {
    return new CorruptFrame(FailureCode.BAD_COMPRESSION, reason);
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
    }
  }
}
