package vellum.ingest.node;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the process's threads, named after what they do. Stateless. */
final class NodeThreads {

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

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    // A process whose main thread has ended must not be kept alive by its parts.
    thread.setDaemon(true);
    return thread;
  }
}
