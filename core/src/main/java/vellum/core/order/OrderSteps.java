package vellum.core.order;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who did what with an order, by names of tokens or certificates. Immutable.
 *
 * @param approved digest of what was approved stands in {@link #approvedDigest}
 */
public record OrderSteps(
    Step created,
    @Nullable Step submitted,
    @Nullable Step approved,
    @Nullable String approvedDigest,
    @Nullable Step rejected,
    @Nullable String rejectedWhy) {

  /** A step: by whom, and when, UTC. */
  public record Step(String by, Instant at) {}

  static OrderSteps of(Step created) {
    return new OrderSteps(created, null, null, null, null, null);
  }

  OrderSteps submit(Step step) {
    return new OrderSteps(created, step, approved, approvedDigest, rejected, rejectedWhy);
  }

  OrderSteps approve(Step step, String digest) {
    return new OrderSteps(created, submitted, step, digest, rejected, rejectedWhy);
  }

  OrderSteps reject(Step step, String why) {
    return new OrderSteps(created, submitted, approved, approvedDigest, step, why);
  }

  /** Whether somebody entered or submitted it, and so may not decide on it. */
  boolean isOf(String name) {
    return created.by().equals(name)
        || Optional.ofNullable(submitted).filter(step -> step.by().equals(name)).isPresent();
  }
}
