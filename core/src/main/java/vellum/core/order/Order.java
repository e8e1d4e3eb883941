package vellum.core.order;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseId;

/**
 * An order of an authority, as its case has it. Immutable.
 *
 * @param revision of the case
 * @param run the last run; null before the first
 * @param deliveries each time that the package was handed over, the first one first
 */
public record Order(
    CaseId id,
    int revision,
    OrderState state,
    OrderTerms terms,
    OrderSteps steps,
    @Nullable OrderRun run,
    List<OrderSteps.Step> deliveries) {

  /** Within which an order that ran in an emergency must be approved. */
  public static final Duration CONFIRMED_WITHIN = Duration.ofHours(24);

  public Order {
    deliveries = List.copyOf(deliveries);
  }

  /** Whether it ran in an emergency, and nobody has decided on it. */
  public boolean isUnconfirmed() {
    return run != null
        && run.from() == OrderState.SUBMITTED
        && steps.approved() == null
        && steps.rejected() == null;
  }

  /** From when on an unconfirmed order is a scandal. */
  public Optional<Instant> confirmBy() {
    OrderRun last = run;
    return isUnconfirmed() && last != null
        ? Optional.of(last.begun().at().plus(CONFIRMED_WITHIN))
        : Optional.empty();
  }

  Order to(OrderState next) {
    return new Order(id, revision, next, terms, steps, run, deliveries);
  }

  Order with(OrderSteps next) {
    return new Order(id, revision, state, terms, next, run, deliveries);
  }

  Order with(OrderRun next) {
    return new Order(id, revision, state, terms, steps, next, deliveries);
  }

  Order with(List<OrderSteps.Step> next) {
    return new Order(id, revision, state, terms, steps, run, next);
  }

  @Override
  public String toString() {
    return id + " " + state;
  }
}
