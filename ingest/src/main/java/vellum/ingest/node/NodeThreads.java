package vellum.ingest.node;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the process's threads, named after what they do. Stateless. */
final class NodeThreads {

  private static final long WORKERS_STOP_MS = 10_000;

  private NodeThreads() {}

  /** One thread of a name. */
  static ThreadFactory named(String name) {
    return task -> thread(task, name);
  }

  /** Threads of a name and a number from 1. */
  static ThreadFactory numbered(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> thread(task, name + "-" + number.incrementAndGet());
  }

  /** Lets the workers of the HTTP server end what they are at, for ten seconds at most. */
  static void stop(ExecutorService workers) throws InterruptedException {
    workers.shutdown();
    if (!workers.awaitTermination(WORKERS_STOP_MS, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("a request is still being answered");
    }
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    // A process whose main thread has ended must not be kept alive by its parts.
    thread.setDaemon(true);
    return thread;
  }
}
