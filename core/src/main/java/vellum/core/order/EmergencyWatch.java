package vellum.core.order;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.log.Event;

/**
 * Watches for orders that ran in an emergency and that nobody approved in time, and says so in the
 * log, each hour, until somebody decides. For one thread; the count is read from any.
 */
public final class EmergencyWatch {

  private static final Logger LOG = LoggerFactory.getLogger(EmergencyWatch.class);

  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration REMIND = Duration.ofHours(1);

  private final OrderDesk desk;
  private final InstantSource clock;
  private volatile int overdue;
  private volatile int waiting;
  private Instant next = Instant.MIN;
  private Instant remind = Instant.MIN;
  private long changes = -1;

  public EmergencyWatch(OrderDesk desk, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
  }

  /** Orders that ran unapproved more than 24 hours ago, and nobody has decided on. */
  public int overdue() {
    return overdue;
  }

  /** Orders that ran in an emergency and nobody has decided on yet. */
  public int waiting() {
    return waiting;
  }

  /** Looks, each minute and after each change; does nothing else. */
  public int doWork() {
    Instant now = clock.instant();
    long current = desk.changes();
    if (now.isBefore(next) && current == changes) {
      return 0;
    }
    next = now.plus(PAUSE);
    changes = current;
    List<Order> unconfirmed = desk.list(Order::isUnconfirmed, null, OrderDesk.MOST_LISTED);
    List<Order> late =
        unconfirmed.stream()
            .filter(order -> order.confirmBy().filter(by -> !now.isBefore(by)).isPresent())
            .toList();
    waiting = unconfirmed.size();
    overdue = late.size();
    if (late.isEmpty()) {
      remind = Instant.MIN;
    } else if (!now.isBefore(remind)) {
      remind = now.plus(REMIND);
      LOG.error(
          Event.EMERGENCY_UNAPPROVED.code(),
          "orders that ran in an emergency have not been approved within {} hours: {}",
          Order.CONFIRMED_WITHIN.toHours(),
          late.stream().map(order -> order.id().text()).toList());
    }
    return 1;
  }
}
