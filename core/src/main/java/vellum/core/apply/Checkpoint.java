package vellum.core.apply;

import java.nio.charset.StandardCharsets;
import vellum.core.journal.StreamStates;
import vellum.core.record.Bytes;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * What a restart starts from, in the control store: the floor, and how far the producers' streams
 * had come at or behind it, with the gaps in them. Written durably before the journal below the
 * floor is released.
 */
public final class Checkpoint {

  /** {@code floor} → journal sequence (i64); {@code streams} → {@link StreamStates#encode}. */
  public static final Table TABLE = new Table("checkpoint", 0, Shape.SMALL);

  private static final byte[] FLOOR = "floor".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STREAMS = "streams".getBytes(StandardCharsets.US_ASCII);

  private final Store control;
  private final GapStore gaps;

  /**
   * @param control store with {@link #TABLE} and {@link GapStore#TABLE}
   */
  public Checkpoint(Store control) {
    this.control = control;
    this.gaps = new GapStore(control);
  }

  /** Journal sequence up to which every month has flushed; 0 at first. */
  public long floor() {
    byte[] floor = control.get(TABLE, FLOOR);
    return floor == null ? 0 : Bytes.getLong(floor, 0);
  }

  /** The streams as the last checkpoint saw them. A copy of its own each time. */
  public StreamStates streams() {
    byte[] streams = control.get(TABLE, STREAMS);
    return streams == null ? new StreamStates() : StreamStates.decode(streams);
  }

  /** Gaps in the streams, as far as the applier has come. */
  public GapStore gaps() {
    return gaps;
  }

  void write(long floor, StreamStates streams) {
    byte[] value = new byte[Long.BYTES];
    Bytes.putLong(value, 0, floor);
    StoreBatch batch = control.batch();
    batch.put(TABLE, FLOOR, value);
    batch.put(TABLE, STREAMS, streams.encode());
    gaps.writeTo(batch);
    control.write(batch);
    gaps.written();
  }
}
