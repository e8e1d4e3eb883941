package vellum.core.order;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import vellum.core.casefile.CaseScope;
import vellum.core.record.Sha256;

/**
 * What an order asks for; never changed once it is entered. Immutable.
 *
 * @param authority id in the table of authorities
 * @param authorityName as the table had it
 * @param type of authority, likewise
 * @param country ISO 3166-1 code of the authority
 * @param legalBasis 1 to 200 characters
 * @param reference the authority's own, 1 to 100 characters
 * @param deadline by which it must be answered; from then on it is not run any more
 * @param emergency whether it may run before it is approved
 * @param classes what of each record is let out; at least one
 * @param certificate of the agency that may open the package, PEM
 * @param forms in which records are written: {@code csv}, {@code ndjson}, {@code etsi}
 */
public record OrderTerms(
    String authority,
    String authorityName,
    String type,
    String country,
    String legalBasis,
    String reference,
    Instant deadline,
    boolean emergency,
    CaseScope scope,
    SortedSet<GrantedClass> classes,
    String certificate,
    SortedSet<String> forms) {

  static final int MOST_BASIS = 200;
  static final int MOST_REFERENCE = 100;

  public OrderTerms {
    classes = Collections.unmodifiableSortedSet(new TreeSet<>(classes));
    forms = Collections.unmodifiableSortedSet(new TreeSet<>(forms));
    if (classes.isEmpty() || forms.isEmpty()) {
      throw new OrderException.BadOrder("an order names a class and a form at least");
    }
    text("legal_basis", legalBasis, MOST_BASIS);
    text("reference", reference, MOST_REFERENCE);
  }

  private static void text(String field, String text, int most) {
    if (text.isBlank() || text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
      throw new OrderException.BadOrder(
          field + " has 1 to " + most + " characters without control characters");
    }
  }

  /** SHA-256 over all of it, in hex: what an approver approves. */
  public String digest() {
    return Sha256.hex(OrderJson.terms(this).toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Says whose order it is, and not about whom. */
  @Override
  public String toString() {
    return authority + ", " + scope;
  }
}
