package vellum.core.export;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * The rows of a source, read ahead by one block: while a block is written, another thread reads the
 * next one, when one is free; when none is, who wants the block reads it. So nobody waits for a
 * thread that has not begun, and the rows are the same whoever reads them. {@link #next} is for one
 * thread at a time, {@link #close} for any.
 */
final class RowsAhead implements AutoCloseable {

  private final RowSource source;
  private final Executor workers;
  private RowBlock given;
  private FutureTask<RowBlock> ahead;
  private boolean isReading;
  private volatile boolean closed;

  /** Takes over the source. */
  RowsAhead(RowSource source, Executor workers) {
    this.source = source;
    this.workers = workers;
    this.given = new RowBlock(source);
    RowBlock first = new RowBlock(source);
    this.ahead = new FutureTask<>(() -> read(first));
  }

  /** The next rows; none at the end, or once closed. Valid until the next call. */
  RowBlock next() {
    // Does nothing when another thread is at it, or has done it.
    ahead.run();
    RowBlock block = read();
    RowBlock free = given;
    given = block;
    if (block.count() > 0) {
      ahead = new FutureTask<>(() -> read(free));
      try {
        workers.execute(ahead);
      } catch (RejectedExecutionException e) {
        // Threads are stopping: whoever still wants the block reads it.
      }
    }
    return block;
  }

  private RowBlock read() {
    try {
      return ahead.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExportException.Busy("the server is stopping");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  private RowBlock read(RowBlock block) {
    synchronized (this) {
      isReading = !closed;
    }
    try {
      // Closed, it reads no more rows.
      return block.fill(source, () -> closed);
    } finally {
      synchronized (this) {
        if (isReading && closed) {
          source.close();
        }
        isReading = false;
      }
    }
  }

  /** Closes the source, at once or when the thread that reads notices. */
  @Override
  public synchronized void close() {
    boolean isFirst = !closed;
    closed = true;
    if (isFirst && !isReading) {
      source.close();
    }
  }
}
