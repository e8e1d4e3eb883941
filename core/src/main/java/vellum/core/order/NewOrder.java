package vellum.core.order;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseScope;

/**
 * An order as somebody enters it.
 *
 * @param country as the order says it, or null for the authority's
 * @param classes empty: ROUTING and IDENTITY
 * @param forms empty: csv and ndjson
 */
public record NewOrder(
    String authority,
    @Nullable String country,
    String legalBasis,
    String reference,
    Instant deadline,
    boolean emergency,
    CaseScope scope,
    Set<GrantedClass> classes,
    String certificate,
    Set<String> forms) {

  /** Says whose order it is, and not about whom. */
  @Override
  public String toString() {
    return "order of " + authority;
  }
}
