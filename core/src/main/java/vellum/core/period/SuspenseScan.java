package vellum.core.period;

import java.util.Arrays;
import vellum.core.record.MonthId;
import vellum.core.seal.Suspended;
import vellum.core.store.Scan;

/**
 * Messages in suspense, in order of their records' keys, then of their origins. Not thread-safe; to
 * be closed.
 */
public final class SuspenseScan implements AutoCloseable {

  private final Scan scan;
  private final MonthId month;
  private final int keyBytes;

  SuspenseScan(Scan scan, MonthId month, int keyBytes) {
    this.scan = scan;
    this.month = month;
    this.keyBytes = keyBytes;
  }

  public boolean next() {
    return scan.next();
  }

  /** Key of the record that the message at hand is about. */
  public byte[] key() {
    return Arrays.copyOf(scan.key(), keyBytes);
  }

  /** Which row it is, for ever. */
  public Suspended suspended() {
    MonthBatch.Origin origin = origin();
    return new Suspended(month, key(), origin.sequence(), origin.place());
  }

  public MonthBatch.Origin origin() {
    return SuspenseKey.origin(scan.key(), keyBytes);
  }

  /** The message, and why it is here. */
  public SuspendedMessage message() {
    return SuspendedMessage.decode(scan.value());
  }

  @Override
  public void close() {
    scan.close();
  }
}
