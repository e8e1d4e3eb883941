package vellum.ingest.node;

import java.time.InstantSource;
import vellum.core.period.RecordFinder;
import vellum.ingest.api.BillingPorts;
import vellum.ingest.api.ProducerPort;
import vellum.ingest.api.SettlementPorts;

/** What works in a node, and what answers about billing out of it. */
record Working(Vault vault, Keeping keeping, Engine engine, Sealing sealing) {

  /** Opens what answers about billing; closed with the node. */
  BillingPorts billing(RecordFinder finder, Vault.Machine machine, Health health, Closers closers) {
    InstantSource clock = machine.clocks().wall();
    SettlementPorts settling = Settling.ports(vault, keeping, engine.applier(), finder, clock);
    return new BillingPorts(
        settling,
        closers.own("the re-rating", RerateDesk.open(vault, engine, sealing.own(), clock, health)),
        new ProducerPort(vault.checkpoint().gaps(), engine.applier()::streams),
        ExportDesk.open(vault, engine.applier(), settling, clock, machine.random(), closers),
        Suspending.desk(vault, keeping, engine, sealing, clock));
  }
}
