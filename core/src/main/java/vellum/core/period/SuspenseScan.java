package vellum.core.period;

import java.util.Arrays;
import vellum.core.store.Scan;

/**
 * Messages that could not be merged into their records, in order of the records' keys. Not
 * thread-safe; to be closed.
 */
public final class SuspenseScan implements AutoCloseable {

  private final Scan scan;
  private final int keyBytes;

  SuspenseScan(Scan scan, int keyBytes) {
    this.scan = scan;
    this.keyBytes = keyBytes;
  }

  public boolean next() {
    return scan.next();
  }

  /** Key of the record that the message at hand is about. */
  public byte[] key() {
    return Arrays.copyOf(scan.key(), keyBytes);
  }

  public MonthBatch.Origin origin() {
    return SuspenseKey.origin(scan.key(), keyBytes);
  }

  /** Number of the {@link vellum.v1.RejectionCode} that says why it is here. */
  public int code() {
    return scan.value()[0] & 0xFF;
  }

  /** The message's row. */
  public byte[] row() {
    byte[] value = scan.value();
    return Arrays.copyOfRange(value, 1, value.length);
  }

  @Override
  public void close() {
    scan.close();
  }
}
