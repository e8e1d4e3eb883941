package vellum.bench.peers;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Records of a {@link RecordFile}, handed out in its order to whoever asks: as fast as they are
 * asked for, or at a fixed rate. Thread-safe.
 */
final class RecordFeed implements AutoCloseable {

  private static final int BUFFER = 1 << 20;

  private final DataInputStream in;
  private final int rate;
  private long start;
  private long given;
  private boolean ended;

  /**
   * @param rate records a second, 0 for no bound
   */
  RecordFeed(Path file, int rate) throws IOException {
    in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    this.rate = rate;
  }

  /** The next records, at most so many; none at the end. Waits when a rate says so. */
  List<PeerRecord> next(int most) throws IOException {
    List<PeerRecord> records = new ArrayList<>(most);
    long due;
    synchronized (this) {
      if (start == 0) {
        start = System.nanoTime();
      }
      due = rate == 0 ? start : start + given * 1_000_000_000L / rate;
      while (!ended && records.size() < most) {
        read(records);
      }
      given += records.size();
    }
    for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
      LockSupport.parkNanos(early);
    }
    return records;
  }

  private void read(List<PeerRecord> records) throws IOException {
    try {
      byte[] record = new byte[in.readInt()];
      in.readFully(record);
      records.add(new PeerRecord(record));
    } catch (EOFException end) {
      ended = true;
    }
  }

  /** Hands out nothing more. */
  synchronized void end() {
    ended = true;
  }

  @Override
  public synchronized void close() throws IOException {
    ended = true;
    in.close();
  }
}
