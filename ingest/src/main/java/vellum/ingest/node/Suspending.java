package vellum.ingest.node;

import java.time.Duration;
import java.time.InstantSource;
import vellum.core.journal.OwnStream;
import vellum.core.period.ContentFinder;
import vellum.core.suspense.Opening;
import vellum.core.suspense.SuspenseDesk;
import vellum.core.suspense.SuspenseReader;
import vellum.core.suspense.WriteOffs;

/** Puts the desk of suspense together. Stateless. */
final class Suspending {

  /** Name of the stream that brings recycled records. */
  private static final String STREAM = "suspense";

  private static final Duration WAIT = Duration.ofSeconds(20);

  private Suspending() {}

  static SuspenseDesk desk(
      Vault vault, Keeping keeping, Engine engine, Sealing sealing, InstantSource clock) {
    OwnStream own = sealing.own().open(STREAM);
    return new SuspenseDesk(
        new SuspenseDesk.Ports(
            () -> own,
            sealing::newSealer,
            new Opening(
                vault.keys().ring(),
                new ContentFinder(vault.months(), vault.keys().ring()),
                keeping.monthKeys()::stripper),
            vault.journal()::forced,
            () -> engine.applier().progress().sequence(),
            clock,
            System::nanoTime,
            WAIT),
        new SuspenseReader(vault.months()),
        new WriteOffs(vault.control()));
  }
}
