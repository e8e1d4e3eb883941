package vellum.ingest.node;

import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import vellum.core.crypto.KeyRing;
import vellum.core.journal.OwnStreams;
import vellum.core.record.MonthCalendar;
import vellum.core.seal.AccountFacts;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.HeldScopes;
import vellum.core.seal.KeyedGate;
import vellum.core.seal.PeriodGate;
import vellum.core.seal.RegistryFacts;
import vellum.core.seal.SuspenseRules;

/** How records are sealed in a node: by one set of rules, whoever writes them. Thread-safe. */
final class Sealing {

  private final MonthCalendar calendar;
  private final KeyRing keys;
  private final PeriodGate gate;
  private final AccountFacts facts;
  private final HeldScopes scopes;
  private final SuspenseRules rules;
  private final InstantSource clock;
  private final OwnStreams own;

  /**
   * @param scopes of holds that take what comes late
   * @param throttled whether the applier is so far behind that nothing more is to be taken
   */
  Sealing(
      Vault vault,
      Keeping keeping,
      HeldScopes scopes,
      SuspenseRules rules,
      InstantSource clock,
      BooleanSupplier throttled) {
    this.calendar = vault.policy().calendar();
    this.keys = vault.keys().ring();
    this.gate = new KeyedGate(keys, vault.catalog(), calendar, keeping.clock()::erasureNow);
    this.facts = new RegistryFacts(vault.registry()::registry);
    this.scopes = scopes;
    this.rules = rules;
    this.clock = clock;
    this.own =
        new OwnStreams(
            vault.journal(), this::newSealer, keeping.epochs(), throttled, System::nanoTime);
  }

  /** A sealer for one thread. */
  BatchSealer newSealer() {
    return new BatchSealer(calendar, keys, gate, facts, rules, clock).watching(scopes);
  }

  /** The streams into which the node itself writes. */
  OwnStreams own() {
    return own;
  }
}
