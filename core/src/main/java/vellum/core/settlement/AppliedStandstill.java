package vellum.core.settlement;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import vellum.core.apply.Applier;
import vellum.core.journal.Journal;

/** The applier as those see it who close periods. Thread-safe. */
public final class AppliedStandstill implements PeriodDesk.Standstill {

  private static final long WAIT_SECONDS = 30;

  private final Applier applier;

  /** Last journal sequence that an earlier process may have applied. */
  private final long replayed;

  public AppliedStandstill(Applier applier, Journal journal) {
    this.applier = applier;
    this.replayed = journal.forced();
  }

  @Override
  public void run(LongConsumer task) {
    position();
    Once once = new Once(task);
    CompletableFuture<Void> done = applier.between(once);
    try {
      done.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      if (!once.cancel()) {
        done.join();
        return;
      }
      throw new SettlementException.NotReady("the applier is busy");
    } catch (CancellationException e) {
      throw new SettlementException.NotReady("the server is stopping");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (!once.cancel()) {
        done.join();
        return;
      }
      throw new SettlementException.NotReady("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** A task that is begun or given up, never both. */
  private static final class Once implements LongConsumer {
    private final LongConsumer task;
    private boolean isTaken;

    Once(LongConsumer task) {
      this.task = task;
    }

    @Override
    public void accept(long position) {
      if (cancel()) {
        task.accept(position);
      }
    }

    /** Whether it is not begun, and will not be. */
    synchronized boolean cancel() {
      boolean mine = !isTaken;
      isTaken = true;
      return mine;
    }
  }

  @Override
  public long position() {
    long applied = applier.progress().sequence();
    if (applied < replayed) {
      throw new SettlementException.NotReady(
          "what the journal held at the start is being applied");
    }
    return applied;
  }
}
