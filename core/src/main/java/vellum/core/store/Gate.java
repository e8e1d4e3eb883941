package vellum.core.store;

import java.nio.file.Path;
import java.util.concurrent.locks.StampedLock;

/**
 * The entrance to an engine's native memory: many may be inside at once; the one who closes waits
 * until they left and lets nobody in again. A native call after the close would end the process, so
 * every native call of a store is made inside. Thread-safe. Not reentrant: who is inside must not
 * enter again, for a waiting closer would block it for ever.
 */
final class Gate {

  /** Stamp of one who was not let in. */
  static final long CLOSED = 0;

  private final StampedLock lock = new StampedLock();
  private final Path directory;
  private boolean closed; // guarded by lock

  Gate(Path directory) {
    this.directory = directory;
  }

  /** Goes inside; to be followed by {@link #leave} in a finally block. */
  long enter() {
    long stamp = tryEnter();
    if (stamp == CLOSED) {
      throw new StoreException.Closed("store is closed: " + directory);
    }
    return stamp;
  }

  /** Goes inside, or answers {@link #CLOSED}. */
  long tryEnter() {
    long stamp = lock.readLock();
    if (closed) {
      lock.unlockRead(stamp);
      return CLOSED;
    }
    return stamp;
  }

  void leave(long stamp) {
    lock.unlockRead(stamp);
  }

  /** Runs the last action alone, then is closed, also when the action throws. Once only. */
  void close(Runnable last) {
    long stamp = lock.writeLock();
    try {
      if (!closed) {
        closed = true;
        last.run();
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }
}
