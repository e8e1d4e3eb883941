package vellum.core.seal;

import org.jspecify.annotations.Nullable;
import vellum.core.registry.ZoneSpan;

/**
 * The offset of an account's or a supplier's zone that was found last, and for how long it holds:
 * most records are of the same time as those before. Not thread-safe.
 */
final class ZoneMemo {

  private final ZoneSpan span = new ZoneSpan();
  private @Nullable Object revision;

  /** The offset of an account's billing zone. */
  int ofAccount(AccountFacts facts, Object now, String account, long atMicros) {
    if (revision != now || !span.holds(atMicros)) {
      facts.zone(account, atMicros, span);
      revision = now;
    }
    return span.quarters();
  }

  /** The offset of a supplier's zone. */
  int ofSupplier(AccountFacts facts, Object now, String supplier, long atMicros) {
    if (revision != now || !span.holds(atMicros)) {
      facts.supplierZone(supplier, atMicros, span);
      revision = now;
    }
    return span.quarters();
  }
}
