package vellum.core.order;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.audit.AuditEvent;
import vellum.core.audit.Draft;
import vellum.core.casefile.CaseId;
import vellum.core.log.Event;
import vellum.core.retention.Recoverable;
import vellum.core.search.ErasedPeriod;

/**
 * Runs orders, one after the other, a page a step; goes on after a crash from the last mark with
 * the same records, none twice. Removes packages whose time is over, and ends orders with them. For
 * one thread; progress is read from any.
 */
public final class OrderWorker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OrderWorker.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final OrderDesk desk;
  private final WorkerParts parts;
  private volatile @Nullable ActiveRun active;
  private long changes = -1;
  private Instant nextCleaning = Instant.MIN;

  public OrderWorker(WorkerParts parts) {
    this.desk = parts.desk();
    this.parts = parts;
  }

  /** How far a run has come; empty when it is not under way here. */
  public Optional<Progress> progress(CaseId id) {
    ActiveRun run = active;
    return run != null && run.order().id().equals(id)
        ? Optional.of(new Progress(run.records(), run.done()))
        : Optional.empty();
  }

  /** Records that were packed, and the part of the search that is behind them, 0 to 1. */
  public record Progress(long records, double done) {}

  /** A bounded step; 0 when there was nothing to do. */
  public int doWork() {
    ActiveRun run = active;
    if (run != null) {
      return step(run);
    }
    long current = desk.changes();
    if (current != changes) {
      Optional<Order> next = next();
      if (next.isPresent()) {
        begin(next.get());
        return 1;
      }
      changes = current;
    }
    return clean();
  }

  private Optional<Order> next() {
    return desk.list(order -> order.state() == OrderState.RUNNING, null, 1).stream().findFirst();
  }

  private void begin(Order order) {
    try {
      OrderDesk.requireAsApproved(order);
      RunMark from =
          desk.parts()
              .cases()
              .attachment(order.id(), RunMark.NAME)
              .map(RunMark::read)
              .orElse(RunMark.BEGIN);
      active = new ActiveRun(order, parts, from);
    } catch (RuntimeException e) {
      fail(order, e);
    }
  }

  private int step(ActiveRun run) {
    Order order = run.order();
    if (desk.changes() != changes) {
      changes = desk.changes();
      boolean goesOn =
          desk.find(order.id()).filter(one -> one.state() == OrderState.RUNNING).isPresent();
      if (!goesOn) {
        drop(run);
        parts.packages().remove(order.id());
        return 1;
      }
    }
    try {
      if (stepOrDrop(run)) {
        complete(run);
      }
    } catch (RuntimeException e) {
      fail(order, e);
    }
    return 1;
  }

  /**
   * What a step that failed has read is lost, and its search stands behind it: the run is dropped,
   * and its package left, so that it goes on from its last mark.
   */
  private boolean stepOrDrop(ActiveRun run) {
    boolean isDone = false;
    try {
      boolean isComplete = run.step();
      isDone = true;
      return isComplete;
    } finally {
      if (!isDone) {
        changes = -1;
        drop(run);
      }
    }
  }

  /** The entry of the trail first, then the order counts as ready. */
  private void complete(ActiveRun run) {
    Order order = run.order();
    Instant now = desk.parts().clock().instant();
    parts
        .audit()
        .record(
            Draft.ofServer(AuditEvent.ORDER_RUN, "package of the order")
                .inCase(order.id().text())
                .counting(run.records())
                .digesting(run.digest()));
    List<String> missing = run.missing().stream().map(OrderWorker::line).toList();
    desk.update(
        order.id(),
        current ->
            current
                .with(
                    running(current).finished(now.toString(), run.records(), run.digest(), missing))
                .to(OrderState.READY));
    desk.parts().cases().detach(order.id(), RunMark.NAME);
    drop(run);
    LOG.info(Event.ORDER_READY.code(), "{} is ready: {} records", order.id().text(), run.records());
  }

  private static String line(ErasedPeriod one) {
    String name = one.period().isEmpty() ? one.from() + " to " + one.to() : one.period();
    return name + ": " + one.text();
  }

  private static OrderRun running(Order order) {
    OrderRun run = order.run();
    if (run == null) {
      throw new IllegalStateException(order.id() + " runs without a run");
    }
    return run;
  }

  private void drop(ActiveRun run) {
    active = null;
    run.close();
  }

  /** Ends a run because of a fault that no repetition mends; the order can be run again. */
  private void fail(Order order, RuntimeException fault) {
    if (Recoverable.is(fault) && !(fault instanceof UncheckedIOException)) {
      throw fault;
    }
    close();
    if (fault instanceof OrderException refused) {
      end(order, String.valueOf(refused.getMessage()), refused.code());
    } else {
      // Not its message: that may have something of a record.
      StackTraceElement[] trace = fault.getStackTrace();
      String at = trace.length == 0 ? "" : " at " + trace[0];
      end(order, fault.getClass().getName() + at, "FAILED");
    }
  }

  private void end(Order order, String why, String code) {
    LOG.error(Event.ORDER_FAULT.code(), "the run of {} failed: {}", order.id().text(), code);
    try {
      parts.packages().remove(order.id());
    } finally {
      desk.parts().cases().detach(order.id(), RunMark.NAME);
      desk.update(
          order.id(),
          current -> {
            OrderRun run = running(current);
            return current.with(run.failed(code + ": " + why)).to(run.from());
          });
    }
  }

  private int clean() {
    Instant now = desk.parts().clock().instant();
    if (now.isBefore(nextCleaning)) {
      return 0;
    }
    nextCleaning = now.plus(PAUSE);
    desk.parts().journal().expire(now);
    desk.list(
            order -> order.state() == OrderState.REJECTED && order.run() != null,
            null,
            OrderDesk.MOST_LISTED)
        .forEach(order -> parts.packages().remove(order.id()));
    List<Order> over = desk.list(order -> isOver(order, now), null, OrderDesk.MOST_LISTED);
    for (Order order : over) {
      parts.packages().remove(order.id());
      desk.close(order);
    }
    return over.size();
  }

  private boolean isOver(Order order, Instant now) {
    if (order.isUnconfirmed()) {
      return false;
    }
    Instant last =
        switch (order.state()) {
          case RUNNING, CLOSED -> now;
          case DRAFT, SUBMITTED, APPROVED, READY -> order.terms().deadline();
          case REJECTED -> {
            OrderSteps.Step rejected = order.steps().rejected();
            yield rejected == null ? now : rejected.at();
          }
          case DELIVERED -> order.deliveries().get(order.deliveries().size() - 1).at();
        };
    return !now.isBefore(last.plus(parts.keepPackages()));
  }

  /** Leaves a run where its last mark is; the next start goes on there. */
  @Override
  public void close() {
    ActiveRun run = active;
    if (run != null) {
      drop(run);
    }
  }
}
