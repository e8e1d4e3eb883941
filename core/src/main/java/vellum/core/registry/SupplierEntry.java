package vellum.core.registry;

import static vellum.core.registry.Entries.required;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A supplier as files and rows spell it; what is absent is null. */
record SupplierEntry(@Nullable String id, @Nullable List<@Nullable Terms> terms) {

  /** Terms as files and rows spell them. */
  record Terms(@Nullable String from, @Nullable String zone, @Nullable String currency) {

    SupplierTerms toTerms() {
      ZoneId zoneId = Codes.zone("zone", required("zone", zone));
      return new SupplierTerms(
          Entries.instant("from", required("from", from), zoneId),
          zoneId,
          required("currency", currency));
    }

    static Terms of(SupplierTerms terms) {
      return new Terms(terms.from().toString(), terms.zone().getId(), terms.currency());
    }
  }

  Supplier toSupplier() {
    return new Supplier(required("id", id), Entries.all("terms", terms, Terms::toTerms));
  }

  static SupplierEntry of(Supplier supplier) {
    return new SupplierEntry(
        supplier.id(), supplier.terms().stream().<@Nullable Terms>map(Terms::of).toList());
  }
}
