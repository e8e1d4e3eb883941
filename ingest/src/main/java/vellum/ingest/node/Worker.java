package vellum.ingest.node;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.log.Event;

/**
 * One thread that does one duty until it is stopped: works while there is work, parks with a bound
 * while there is none, waits a second after a failure that may pass, and ends at any other. The
 * thread is never interrupted: an interrupt would close the file that is being forced.
 *
 * <p>Thread-safe.
 */
final class Worker {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String name;
  private final Duty duty;
  private final Failed failed;
  private final Thread thread;
  private volatile boolean running = true;
  private boolean troubled;

  /** Something to be done again and again. */
  interface Duty {

    /** Does a bounded part; returns how much was done. */
    int doWork();

    /** Parks the thread for a bounded time, as nothing was done. */
    void await();

    /** Ends the parking, if that can be. */
    void wake();
  }

  /** Hears of the failure that ended a worker, on its thread. */
  interface Failed {
    void failed(String name, Throwable cause);
  }

  private Worker(String name, Duty duty, Failed failed, ThreadFactory threads) {
    this.name = name;
    this.duty = duty;
    this.failed = failed;
    this.thread = threads.newThread(this::run);
  }

  static Worker start(String name, Duty duty, Failed failed) {
    Worker worker = new Worker(name, duty, failed, NodeThreads.named(name));
    worker.thread.start();
    return worker;
  }

  private void run() {
    try {
      while (running) {
        if (doWork() == 0 && running) {
          duty.await();
        }
      }
    } catch (RuntimeException | Error e) {
      failed.failed(name, e);
    }
  }

  private int doWork() {
    try {
      int done = duty.doWork();
      if (troubled && done > 0) {
        troubled = false;
        LOG.info(Event.WORKER_RESUMED.code(), "{} goes on", name);
      }
      return done;
    } catch (RuntimeException e) {
      if (!Passing.mayPass(e)) {
        throw e;
      }
      if (!troubled) {
        troubled = true;
        LOG.warn(Event.WORKER_WAITS.code(), "{} waits: {}", name, e.getMessage());
      }
      if (running) {
        LockSupport.parkNanos(RETRY_NANOS);
      }
      return 0;
    }
  }

  /** Lets the work end after its current part; returns whether it did so in time. */
  boolean stop(long timeoutMs) throws InterruptedException {
    running = false;
    duty.wake();
    LockSupport.unpark(thread);
    thread.join(timeoutMs);
    return !thread.isAlive();
  }
}
