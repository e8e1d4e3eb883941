package vellum.core.journal;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A place where one thread waits and any thread wakes it. A wake costs one volatile read when
 * nobody waits. The waiter announces itself before it looks for work, the waker leaves work before
 * it looks for a waiter, so that no wake is lost.
 */
final class Parking {

  private static final long MAX_NANOS = 100_000_000;

  private volatile @Nullable Thread waiter;

  /** Waits unless there is work, at most the given time or a tenth of a second. */
  void await(BooleanSupplier work, long nanos) {
    waiter = Thread.currentThread();
    try {
      if (!work.getAsBoolean()) {
        LockSupport.parkNanos(this, Math.min(nanos, MAX_NANOS));
      }
    } finally {
      waiter = null;
    }
  }

  void wake() {
    Thread thread = waiter;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }
}
