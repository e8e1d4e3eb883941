package vellum.core.registry;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The offsets of accounts' and suppliers' zones by the terms of the time: 0 for who is not known,
 * or not yet. Keeps the table of each zone that it was asked about. Allocates nothing for a zone
 * that it knows. Thread-safe.
 */
public final class BillingZones {

  private static final long MICROS = 1_000_000;

  /** Of each zone that terms name: not more than the registry's files spell. */
  private final Map<ZoneId, ZoneOffsets> zones = new ConcurrentHashMap<>();

  /**
   * The offset of an account's billing zone, and the times of its present terms at which it holds.
   */
  public void find(@Nullable Account account, long atMicros, ZoneSpan span) {
    find(account == null ? List.of() : account.terms(), AccountTerms::billingZone, atMicros, span);
  }

  /** The offset of a supplier's zone, likewise. */
  public void find(@Nullable Supplier supplier, long atMicros, ZoneSpan span) {
    find(supplier == null ? List.of() : supplier.terms(), SupplierTerms::zone, atMicros, span);
  }

  private <T extends Dated> void find(
      List<T> history, Function<T, ZoneId> zone, long atMicros, ZoneSpan span) {
    long to = Long.MAX_VALUE;
    for (int i = history.size() - 1; i >= 0; i--) {
      T terms = history.get(i);
      long from = Micros.of(terms.from());
      if (from <= atMicros) {
        offsets(zone.apply(terms)).find(Math.floorDiv(atMicros, MICROS), span);
        span.within(from, to);
        return;
      }
      to = from;
    }
    span.set(Long.MIN_VALUE, to, 0);
  }

  private ZoneOffsets offsets(ZoneId zone) {
    ZoneOffsets offsets = zones.get(zone);
    return offsets == null ? zones.computeIfAbsent(zone, ZoneOffsets::of) : offsets;
  }
}
