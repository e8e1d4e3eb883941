package vellum.ingest.node;

import java.time.InstantSource;
import java.time.YearMonth;
import vellum.core.crypto.KeyRing;
import vellum.core.period.RecordFinder;
import vellum.core.record.MonthId;
import vellum.ingest.api.BillingPorts;
import vellum.ingest.api.KekPort;
import vellum.ingest.api.KeptAnswers;
import vellum.ingest.api.ProducerPort;
import vellum.ingest.api.SettlementPorts;
import vellum.ingest.api.WritePorts;

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

  /** What takes records and other writes over HTTP. */
  WritePorts writes(Vault.Machine machine) {
    InstantSource clock = machine.clocks().wall();
    KeyRing keys = vault.keys().ring();
    return new WritePorts(
        sealing.own().open("http"),
        new KeptAnswers(vault.control(), clock),
        year ->
            keys.key(new MonthId(YearMonth.of(year, 1), MonthId.DEFAULT_CLASS).year())
                .newRequestMac(),
        clock,
        System::nanoTime);
  }

  /** What answers about the key-encryption key. */
  KekPort kek(NodeConfig config) {
    return new KekDesk(config.keys().provider(), vault.keys(), keeping.backups());
  }
}
