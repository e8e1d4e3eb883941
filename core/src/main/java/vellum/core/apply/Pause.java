package vellum.core.apply;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;

/**
 * The tasks that wait for the applier to stand between two batches, in the order in which they
 * came. Who asks waits for the answer, so there are never more than askers. Thread-safe.
 */
final class Pause {

  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

  /** A task and where its end is told. */
  private record Waiting(LongConsumer task, CompletableFuture<Void> done) {}

  /** Hands a task over; its failure fails the future. */
  CompletableFuture<Void> request(LongConsumer task) {
    Waiting next = new Waiting(task, new CompletableFuture<>());
    waiting.add(next);
    return next.done;
  }

  boolean isRequested() {
    return !waiting.isEmpty();
  }

  /** Runs the first task that waits, at a journal sequence up to which all is written. */
  void run(long position) {
    Waiting one = waiting.poll();
    if (one == null) {
      return;
    }
    try {
      one.task.accept(position);
      one.done.complete(null);
    } catch (RuntimeException e) {
      one.done.completeExceptionally(e);
    }
  }

  /** Nobody runs a task any more. */
  void end() {
    for (Waiting one = waiting.poll(); one != null; one = waiting.poll()) {
      one.done.cancel(false);
    }
  }
}
