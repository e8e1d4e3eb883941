package vellum.core.retention;

import java.time.Duration;
import java.time.YearMonth;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.registry.Registry;
import vellum.core.settlement.KnownParties;
import vellum.core.settlement.MonthBooks;
import vellum.core.settlement.PeriodDesk;
import vellum.core.settlement.PeriodSetup;
import vellum.core.settlement.PostingDesk;
import vellum.core.settlement.Standstill;
import vellum.core.settlement.StoredCells;

/** The desks of settlement over a rig, whose applier is driven by the test's own thread. */
final class Billed {

  static final YearMonth OCTOBER = YearMonth.of(2026, 10);
  static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

  final StripRig rig;
  final PeriodDesk periods;
  final PostingDesk postings;
  private final long replayed;

  /** Runs when a closing is recorded, and its statement is not made yet. */
  Runnable beforeStatements = () -> {};

  Billed(StripRig rig) {
    this.rig = rig;
    this.replayed = rig.journal.forced();
    this.periods =
        new PeriodDesk(
            new PeriodSetup(
                rig.closings,
                new MonthBooks(rig.months, rig.catalog),
                rig.registry::registry,
                new KnownParties(this::isListed, new StoredCells(rig.months, rig.calendar)),
                new Driven(),
                () -> rig.wall,
                Duration.ZERO,
                10));
    this.postings =
        new PostingDesk(
            periods,
            rig.closings,
            new MonthBooks(rig.months, rig.catalog),
            id -> rig.finder.find(id).isEmpty() ? Optional.empty() : Optional.of("00ff"),
            () -> rig.wall);
  }

  private final class Driven implements Standstill {
    @Override
    public void run(LongConsumer task) {
      position();
      CompletableFuture<Void> done = rig.applier.between(task);
      while (!done.isDone()) {
        rig.applier.doWork();
      }
      done.join();
      beforeStatements.run();
    }

    @Override
    public long position() {
      while (rig.applier.progress().sequence() < replayed) {
        rig.applier.doWork();
      }
      return rig.applier.progress().sequence();
    }
  }

  private boolean isListed(Party party) {
    Registry now = rig.registry.registry();
    return rig.closings.has(party)
        || (party.cube() == Cube.SALE ? now.account(party.id()) : now.supplier(party.id())) != null;
  }

  static Party account(String id) {
    return new Party(Cube.SALE, id);
  }

  static Party supplier(String id) {
    return new Party(Cube.COST, id);
  }

  PeriodDesk.Result close(Party party, YearMonth period) {
    return periods.close(party, period, "operator", false);
  }
}
