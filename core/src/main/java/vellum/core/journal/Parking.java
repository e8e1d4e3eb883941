package vellum.core.journal;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A place where one thread waits and any thread wakes it; a wake is cheap when nobody waits.
 *
 * <p>The waiter announces itself before it looks for work, the waker leaves work before it looks
 * for a waiter, so that no wake is lost. Rings publish with ordered stores, which the look for a
 * waiter could overtake: the fence keeps it behind them. (Without it one batch in a hundred waited
 * for the end of the longest parking.)
 */
final class Parking {

  private static final long MAX_NANOS = 100_000_000;

  private volatile @Nullable Thread waiter;

  /** Waits unless there is work, at most the given time or a tenth of a second. */
  void await(BooleanSupplier work, long nanos) {
    waiter = Thread.currentThread();
    VarHandle.fullFence();
    try {
      if (!work.getAsBoolean()) {
        LockSupport.parkNanos(this, Math.min(nanos, MAX_NANOS));
      }
    } finally {
      waiter = null;
    }
  }

  void wake() {
    VarHandle.fullFence();
    Thread thread = waiter;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }
}
