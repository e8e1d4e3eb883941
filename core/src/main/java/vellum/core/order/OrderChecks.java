package vellum.core.order;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseSubject;
import vellum.core.policy.Authorities;
import vellum.core.policy.Authority;
import vellum.core.policy.AuthorityFile;

/** Judges orders as they are entered, and again before they are approved and run. Stateless. */
final class OrderChecks {

  /** Forms that packages have. */
  static final Set<String> FORMS = Set.of("csv", "ndjson", "etsi");

  private static final Set<GrantedClass> USUAL =
      EnumSet.of(GrantedClass.ROUTING, GrantedClass.IDENTITY);
  private static final Set<String> USUAL_FORMS = Set.of("csv", "ndjson");

  private OrderChecks() {}

  /** The terms of what somebody enters, refused when it is not as it must be. */
  static OrderTerms terms(NewOrder entered, OrderParts parts) {
    Instant now = parts.clock().instant();
    Authorities table = parts.authorities().get();
    String said = entered.country();
    requireCountry(said);
    Authority authority =
        table.find(entered.authority()).orElseThrow(OrderException.UnknownAuthority::new);
    if (said != null && !said.equals(authority.country())) {
      throw new OrderException.UnknownCountry(
          "the authority is of " + authority.country() + ", and the order says " + said);
    }
    if (!FORMS.containsAll(entered.forms())) {
      throw new OrderException.BadOrder("a form is one of " + new TreeSet<>(FORMS));
    }
    OrderTerms terms =
        new OrderTerms(
            authority.id(),
            authority.name(),
            authority.type().text(),
            authority.country(),
            entered.legalBasis(),
            entered.reference(),
            entered.deadline(),
            entered.emergency(),
            entered.scope(),
            new TreeSet<>(entered.classes().isEmpty() ? USUAL : entered.classes()),
            entered.certificate(),
            new TreeSet<>(entered.forms().isEmpty() ? USUAL_FORMS : entered.forms()));
    require(terms, parts, now);
    return terms;
  }

  private static void requireCountry(@Nullable String country) {
    if (country != null && !AuthorityFile.isCountry(country)) {
      throw new OrderException.UnknownCountry("a country is an ISO 3166-1 code such as DE");
    }
  }

  /** Refuses terms that cannot be answered now. */
  static void require(OrderTerms terms, OrderParts parts, Instant now) {
    if (parts.authorities().get().find(terms.authority()).isEmpty()) {
      throw new OrderException.UnknownAuthority();
    }
    if (!parts.authorities().get().answers(terms.country())) {
      throw new OrderException.ForeignRefused(terms.country());
    }
    if (!now.isBefore(terms.deadline())) {
      throw new OrderException.DeadlinePassed(terms.deadline());
    }
    if (!terms.scope().from().isBefore(now)) {
      throw new OrderException.IntervalNotKept(
          "the interval begins at " + terms.scope().from() + ", which has not come");
    }
    if (!parts.isHeld().test(terms.scope())) {
      throw new OrderException.IntervalNotKept(
          "nothing is kept of " + terms.scope().from() + " to " + terms.scope().to());
    }
    boolean isOfUsage =
        terms.scope().subjects().stream()
            .anyMatch(subject -> subject.kind() == CaseSubject.Kind.PLATFORM_IP);
    if (isOfUsage && !terms.classes().contains(GrantedClass.USAGE)) {
      throw new OrderException.BadSubject(
          "an address of the platform is in the usage log only: grant the class usage");
    }
    parts.certificates().require(terms.certificate(), now);
  }
}
