package vellum.ingest.api;

import java.util.function.Supplier;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.registry.Account;
import vellum.core.registry.AccountTerms;
import vellum.core.registry.Registry;

/**
 * Names of parties as the audit trail may hold them: an account that is or was a natural person is
 * an identity itself, and stays without name. Thread-safe.
 */
final class PartyNames {

  private final Supplier<Registry> registry;

  PartyNames(Supplier<Registry> registry) {
    this.registry = registry;
  }

  String of(Party party) {
    if (party.cube() == Cube.COST) {
      return "supplier " + party.id();
    }
    Account account = registry.get().account(party.id());
    boolean isPerson =
        account != null && account.terms().stream().anyMatch(AccountTerms::naturalPerson);
    return isPerson ? "an account that is a natural person" : "account " + party.id();
  }
}
