package vellum.core.apply;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The task that waits for the applier to stand between two batches. One at a time. Thread-safe. */
final class Pause {

  private final AtomicReference<Waiting> waiting = new AtomicReference<>();

  /** A task and where its end is told. */
  private record Waiting(LongConsumer task, CompletableFuture<Void> done) {}

  /** Hands a task over; its failure fails the future. */
  CompletableFuture<Void> request(LongConsumer task) {
    Waiting next = new Waiting(task, new CompletableFuture<>());
    if (!waiting.compareAndSet(null, next)) {
      throw new IllegalStateException("a task waits already");
    }
    return next.done;
  }

  boolean isRequested() {
    return waiting.get() != null;
  }

  /** Runs the task that waits, at a journal sequence up to which all is written. */
  void run(long position) {
    Waiting one = waiting.get();
    if (one == null) {
      return;
    }
    try {
      one.task.accept(position);
      finish(one, null);
    } catch (RuntimeException e) {
      finish(one, e);
    }
  }

  private void finish(Waiting one, @Nullable RuntimeException failure) {
    waiting.set(null);
    if (failure == null) {
      one.done.complete(null);
    } else {
      one.done.completeExceptionally(failure);
    }
  }

  /** Nobody runs a task any more. */
  void end() {
    Waiting one = waiting.getAndSet(null);
    if (one != null) {
      one.done.cancel(false);
    }
  }
}
