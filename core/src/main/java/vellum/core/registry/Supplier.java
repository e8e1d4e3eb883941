package vellum.core.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A carrier or platform that delivers, and is paid for it.
 *
 * @param id 1 to 64 bytes of UTF-8
 * @param terms in the order of time, at least one
 */
public record Supplier(String id, List<SupplierTerms> terms) {

  public Supplier {
    Codes.id("id", id);
    terms = Dated.history(terms);
  }

  /** The terms at a time in microseconds since the epoch, or null before the first. */
  public @Nullable SupplierTerms termsAt(long atMicros) {
    return Dated.at(terms, atMicros);
  }
}
