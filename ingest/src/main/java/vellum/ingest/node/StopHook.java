package vellum.ingest.node;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.log.Event;

/**
 * Closes a node when its process is told to end (SIGTERM, SIGINT), within a time: what is not
 * closed by then is ended with the process. That loses nothing that was acknowledged, since the
 * next start applies what the journal holds. Thread-safe.
 */
final class StopHook {

  /** As the shell has it of a process that SIGTERM ended. */
  private static final int TERMINATED = 143;

  private static final Logger LOG = LoggerFactory.getLogger(StopHook.class);

  private final Runnable close;
  private final Supplier<Duration> within;
  private final IntConsumer halt;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread hook;
  private boolean forgotten;

  /**
   * @param close closes the node, and may throw
   * @param within asked when the process is told to end
   * @param halt ends the process at once with a code
   */
  StopHook(Runnable close, Supplier<Duration> within, IntConsumer halt) {
    this.close = close;
    this.within = within;
    this.halt = halt;
  }

  synchronized void register() {
    if (hook == null && !forgotten) {
      hook = NodeThreads.named("vellum-stop").newThread(this::run);
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  /** The node is closed: the hook is not needed any more. */
  synchronized void forget() {
    forgotten = true;
    Thread registered = hook;
    if (registered != null && registered != Thread.currentThread()) {
      try {
        Runtime.getRuntime().removeShutdownHook(registered);
      } catch (IllegalStateException alreadyEnding) {
        // The hook runs, or will, and finds the node closed.
      }
    }
  }

  /** What runs when the process is told to end. */
  void run() {
    NodeThreads.named("vellum-stop-watch").newThread(this::watch).start();
    try {
      close.run();
    } catch (NodeException toldByItsParts) {
      // Nobody is left to throw it to.
    } finally {
      closed.countDown();
    }
  }

  private void watch() {
    long ms = within.get().toMillis();
    try {
      if (!closed.await(ms, TimeUnit.MILLISECONDS)) {
        LOG.error(
            Event.STOP_OVERDUE.code(),
            "not closed after {} ms (node.stop_within): the process ends, the next start recovers",
            ms);
        halt.accept(TERMINATED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
