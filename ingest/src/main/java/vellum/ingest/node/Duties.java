package vellum.ingest.node;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import vellum.core.journal.JournalWorker;

/** The duties of a node's parts. Stateless. */
final class Duties {

  private Duties() {}

  /** The journal's own, which knows when there is work. */
  static Worker.Duty of(JournalWorker worker) {
    return new Worker.Duty() {
      @Override
      public int doWork() {
        return worker.doWork();
      }

      @Override
      public void await() {
        worker.await();
      }

      @Override
      public void wake() {
        worker.wake();
      }
    };
  }

  /**
   * Work that nobody announces: looked for again after a time that doubles from a least to a most
   * value while there is none.
   */
  static Worker.Duty polling(IntSupplier work, long leastMicros, long mostMicros) {
    return new Worker.Duty() {
      private long waitMicros = leastMicros;

      @Override
      public int doWork() {
        int done = work.getAsInt();
        if (done > 0) {
          waitMicros = leastMicros;
        }
        return done;
      }

      @Override
      public void await() {
        LockSupport.parkNanos(this, TimeUnit.MICROSECONDS.toNanos(waitMicros));
        waitMicros = Math.min(2 * waitMicros, mostMicros);
      }

      @Override
      public void wake() {
        // The parking is short.
      }
    };
  }

  /** A duty after each part of which something is looked at. */
  static Worker.Duty watching(Worker.Duty duty, Runnable look) {
    return new Worker.Duty() {
      @Override
      public int doWork() {
        int done = duty.doWork();
        look.run();
        return done;
      }

      @Override
      public void await() {
        duty.await();
      }

      @Override
      public void wake() {
        duty.wake();
      }
    };
  }
}
