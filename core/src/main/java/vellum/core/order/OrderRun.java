package vellum.core.order;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The run of an order: the last one. Immutable.
 *
 * @param begun who had it run, and when
 * @param from the state that it began in, to which a failed run goes back
 * @param records found and packed so far
 * @param done part of the search that is behind it, 0 to 1
 * @param finished when the package was complete, ISO 8601; null until then
 * @param digest SHA-256 of the package's manifest, hex; empty until then
 * @param missing texts about periods that are no longer held
 * @param trouble why it ended without a package; null when it did not
 */
public record OrderRun(
    OrderSteps.Step begun,
    OrderState from,
    long records,
    double done,
    @Nullable String finished,
    String digest,
    List<String> missing,
    @Nullable String trouble) {

  public OrderRun {
    missing = List.copyOf(missing);
  }

  static OrderRun begin(OrderSteps.Step begun, OrderState from) {
    return new OrderRun(begun, from, 0, 0, null, "", List.of(), null);
  }

  OrderRun at(long nowRecords, double nowDone) {
    return new OrderRun(begun, from, nowRecords, nowDone, null, "", List.of(), null);
  }

  OrderRun finished(String at, long all, String sha256, List<String> erased) {
    return new OrderRun(begun, from, all, 1, at, sha256, erased, null);
  }

  OrderRun failed(String why) {
    return new OrderRun(begun, from, records, done, null, "", List.of(), why);
  }
}
