package vellum.ingest.protocol;

/**
 * A batch as it goes on the wire, header included: can be sent again as often as needed. Its bytes
 * are not to be changed.
 *
 * @param bytes holds it: {@code length} bytes from {@code offset}
 * @param firstSequence sequence of its first record
 * @param records how many it has
 */
public record BatchFrame(byte[] bytes, int offset, int length, long firstSequence, int records) {

  /** Sequence of its last record. */
  public long lastSequence() {
    return firstSequence + records - 1;
  }

  /** Bytes that count against {@code Limits.max_frame_bytes}. */
  public int contentLength() {
    return length - FrameLayout.HEADER_BYTES;
  }
}
