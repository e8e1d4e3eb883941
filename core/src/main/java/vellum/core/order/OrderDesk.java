package vellum.core.order;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseFile;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseKind;

/**
 * Takes orders through their lives: entered and submitted by one person, decided on by another,
 * run, handed over. Who may do what by role is the caller's to judge; that two people are two, is
 * judged here. Thread-safe: changes come one after the other.
 */
public final class OrderDesk {

  /** Orders of a list, at most. */
  public static final int MOST_LISTED = 1_000;

  private final OrderParts parts;
  private final AtomicLong changes = new AtomicLong();

  public OrderDesk(OrderParts parts) {
    this.parts = parts;
  }

  /** Grows with every change of any order; cheap. */
  long changes() {
    return changes.get();
  }

  /**
   * Enters an order.
   *
   * @param by name of who does
   * @throws OrderException when it cannot be answered as it is
   */
  public synchronized Order create(NewOrder entered, String by) {
    OrderTerms terms = OrderChecks.terms(entered, parts);
    OrderSteps steps = OrderSteps.of(step(by));
    CaseFile made =
        parts
            .cases()
            .create(
                CaseKind.ORDER,
                id ->
                    OrderJson.write(
                        new Order(id, 1, OrderState.DRAFT, terms, steps, null, List.of())));
    changes.incrementAndGet();
    return OrderJson.read(made);
  }

  /** Checks what {@link #create} would, and changes nothing. */
  public OrderTerms check(NewOrder entered) {
    return OrderChecks.terms(entered, parts);
  }

  /** Gives an order to be decided on. */
  public synchronized Order submit(CaseId id, String by) {
    Order order = require(id);
    if (order.state() != OrderState.DRAFT) {
      throw new OrderException.WrongState(order, "submitted");
    }
    OrderChecks.require(order.terms(), parts, parts.clock().instant());
    return write(order.with(order.steps().submit(step(by))).to(OrderState.SUBMITTED));
  }

  /**
   * Lets an order be answered; or, of one that ran in an emergency, confirms that it was.
   *
   * @param seen digest of the terms that the approver saw, or null
   * @throws OrderException.SamePerson when the approver entered or submitted it
   * @throws OrderException.ScopeChanged when the order is not what was seen
   */
  public synchronized Order approve(CaseId id, String by, @Nullable String seen) {
    Order order = require(id);
    boolean isConfirmation = order.isUnconfirmed();
    if (order.state() != OrderState.SUBMITTED && !isConfirmation) {
      throw new OrderException.WrongState(order, "approved");
    }
    requireOther(order, by);
    String digest = order.terms().digest();
    if (seen != null && !seen.equals(digest)) {
      throw new OrderException.ScopeChanged();
    }
    if (!isConfirmation) {
      OrderChecks.require(order.terms(), parts, parts.clock().instant());
    }
    Order approved = order.with(order.steps().approve(step(by), digest));
    return write(isConfirmation ? approved : approved.to(OrderState.APPROVED));
  }

  /** Refuses an order; of one that ran in an emergency, says that it should not have. */
  public synchronized Order reject(CaseId id, String by, String why) {
    Order order = require(id);
    if (order.state() != OrderState.SUBMITTED && !order.isUnconfirmed()) {
      throw new OrderException.WrongState(order, "rejected");
    }
    requireOther(order, by);
    return write(order.with(order.steps().reject(step(by), why)).to(OrderState.REJECTED));
  }

  private static void requireOther(Order order, String by) {
    if (order.steps().isOf(by)) {
      throw new OrderException.SamePerson();
    }
  }

  /**
   * Has an order run; the worker does it.
   *
   * @throws OrderException.NotApproved when nobody has approved it and it is no emergency
   */
  public synchronized Order run(CaseId id, String by) {
    Order order = require(id);
    requireRunnable(order);
    OrderChecks.require(order.terms(), parts, parts.clock().instant());
    OrderRun run = OrderRun.begin(step(by), order.state());
    return write(order.with(run).to(OrderState.RUNNING));
  }

  private static void requireRunnable(Order order) {
    boolean isEmergency = order.state() == OrderState.SUBMITTED && order.terms().emergency();
    if (order.state() == OrderState.DRAFT
        || order.state() == OrderState.SUBMITTED && !isEmergency) {
      throw new OrderException.NotApproved(order);
    }
    if (order.state() != OrderState.APPROVED && !isEmergency) {
      throw new OrderException.WrongState(order, "run");
    }
    requireAsApproved(order);
  }

  /** Refuses terms that are not those that were approved. */
  static void requireAsApproved(Order order) {
    String approved = order.steps().approvedDigest();
    if (approved != null && !approved.equals(order.terms().digest())) {
      throw new OrderException.ScopeChanged();
    }
  }

  /** Refuses to hand over what is not ready, or was rejected. */
  public Order requireDeliverable(CaseId id) {
    Order order = require(id);
    boolean isReady = order.state() == OrderState.READY || order.state() == OrderState.DELIVERED;
    if (!isReady) {
      if (order.state() == OrderState.DRAFT || order.state() == OrderState.SUBMITTED) {
        throw new OrderException.NotApproved(order);
      }
      throw new OrderException.WrongState(order, "delivered");
    }
    return order;
  }

  /**
   * Notes, in the journal of disclosures first, that a package was handed over; again each time.
   *
   * @return the entry of the journal
   */
  public synchronized Disclosure delivered(CaseId id, String by) {
    Order order = requireDeliverable(id);
    Disclosure entry = parts.journal().add(order, step(by));
    List<OrderSteps.Step> all = new ArrayList<>(order.deliveries());
    all.add(step(by));
    write(order.with(all).to(OrderState.DELIVERED));
    return entry;
  }

  /** An order, if there is one. */
  public Optional<Order> find(CaseId id) {
    return id.kind() == CaseKind.ORDER
        ? parts.cases().find(id).map(OrderJson::read)
        : Optional.empty();
  }

  /** How it came to be what it is: all revisions, the first one first. */
  public List<Order> history(CaseId id) {
    return id.kind() == CaseKind.ORDER
        ? parts.cases().history(id).stream().map(OrderJson::read).toList()
        : List.of();
  }

  Order require(CaseId id) {
    return find(id).orElseThrow(OrderException.NotFound::new);
  }

  /**
   * Orders in the order in which they were entered.
   *
   * @param after the one behind which to begin, or null
   * @param limit 1 to {@link #MOST_LISTED}
   */
  public List<Order> list(Predicate<Order> wanted, @Nullable CaseId after, int limit) {
    return parts
        .cases()
        .list(CaseKind.ORDER, file -> wanted.test(OrderJson.read(file)), after, limit)
        .stream()
        .map(OrderJson::read)
        .toList();
  }

  /** Writes what a run came to, unless somebody decided otherwise meanwhile. */
  synchronized Optional<Order> update(CaseId id, UnaryOperator<Order> change) {
    Optional<Order> found = find(id).filter(order -> order.state() == OrderState.RUNNING);
    return found.map(order -> write(change.apply(order)));
  }

  /** Ends an order: nothing is done with it any more, and its case goes when its time is over. */
  synchronized void close(Order order) {
    Instant until = parts.clock().instant().atOffset(ZoneOffset.UTC).plus(parts.keep()).toInstant();
    parts
        .cases()
        .close(order.id(), order.revision(), OrderJson.write(order.to(OrderState.CLOSED)), until);
    changes.incrementAndGet();
  }

  OrderParts parts() {
    return parts;
  }

  private Order write(Order order) {
    CaseFile written = parts.cases().change(order.id(), order.revision(), OrderJson.write(order));
    changes.incrementAndGet();
    return OrderJson.read(written);
  }

  private OrderSteps.Step step(String by) {
    return new OrderSteps.Step(by, parts.clock().instant());
  }
}
