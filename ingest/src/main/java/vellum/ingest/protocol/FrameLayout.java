package vellum.ingest.protocol;

import java.util.zip.CRC32C;

/** Offsets and tags of a frame. */
final class FrameLayout {

  static final int LENGTH_BYTES = Integer.BYTES;
  static final int CRC_OFFSET = LENGTH_BYTES;
  static final int HEADER_BYTES = CRC_OFFSET + Integer.BYTES;

  /** Frame.batch, length-delimited. */
  static final int BATCH_TAG = 3 << 3 | 2;

  /** Batch.first_sequence, varint. */
  static final int FIRST_SEQUENCE_TAG = 1 << 3;

  /** Batch.records, length-delimited. */
  static final int RECORD_TAG = 2 << 3 | 2;

  /** Batch.compressed, length-delimited. */
  static final int COMPRESSED_TAG = 3 << 3 | 2;

  /** Batch.usage, length-delimited. */
  static final int USAGE_TAG = 4 << 3 | 2;

  /** RecordList.records, length-delimited. */
  static final int LIST_RECORD_TAG = 1 << 3 | 2;

  /** RecordList.usage, length-delimited. */
  static final int LIST_USAGE_TAG = 2 << 3 | 2;

  private FrameLayout() {}

  static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
