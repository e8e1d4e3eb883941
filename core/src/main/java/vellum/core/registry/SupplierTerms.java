package vellum.core.registry;

import java.time.Instant;
import java.time.ZoneId;

/**
 * The terms of a supplier from an instant on, until its next terms apply.
 *
 * @param from when they start to apply; years 1970 to 9999
 * @param zone in whose days it is settled
 * @param currency of what it charges, ISO 4217
 */
public record SupplierTerms(Instant from, ZoneId zone, String currency) implements Dated {

  public SupplierTerms {
    Micros.check("from", from);
    Codes.currency("currency", currency);
  }
}
