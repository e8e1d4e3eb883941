package vellum.ingest.node;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import vellum.core.apply.Applier;
import vellum.core.apply.MonthKeys;
import vellum.core.period.FoundRecord;
import vellum.core.period.RecordFinder;
import vellum.core.seal.SealedRecord;
import vellum.core.settlement.AdjustedRecords;
import vellum.core.settlement.AppliedStandstill;
import vellum.core.settlement.ClosedTotals;
import vellum.core.settlement.MonthBooks;
import vellum.core.settlement.PeriodDesk;
import vellum.core.settlement.PeriodSetup;
import vellum.core.settlement.PostingDesk;
import vellum.core.strip.RowStripper;
import vellum.ingest.api.SettlementPorts;

/** Settlement, put together from the parts of a node. Stateless. */
final class Settling {

  /** Years for which billing fields are kept after their own, at most. */
  private static final int KEPT_YEARS = 10;

  private Settling() {}

  static SettlementPorts ports(
      Vault vault, Keeping keeping, Applier applier, RecordFinder finder, InstantSource clock) {
    MonthBooks books = new MonthBooks(vault.months(), vault.catalog());
    PeriodSetup setup =
        new PeriodSetup(
            vault.closings(),
            books,
            vault.registry()::registry,
            vault.askable(clock).parties(),
            new AppliedStandstill(applier, vault.journal()),
            clock,
            Duration.ZERO,
            KEPT_YEARS);
    PeriodDesk periods = new PeriodDesk(setup);
    return new SettlementPorts(
        periods,
        new PostingDesk(
            periods,
            vault.closings(),
            books,
            id -> reference(finder, keeping.monthKeys(), id),
            clock),
        new AdjustedRecords(books),
        new ClosedTotals(setup, periods));
  }

  /**
   * The key that a record has, or will have, in its archive: a posting is kept for longer than the
   * record's id may be.
   */
  private static Optional<String> reference(RecordFinder finder, MonthKeys keys, UUID id) {
    List<FoundRecord> found = finder.find(id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    byte[] key =
        found.get(0) instanceof FoundRecord.Sealed sealed
            ? archiveKey(keys, sealed.record())
            : ((FoundRecord.Stripped) found.get(0)).record().key();
    return Optional.of(HexFormat.of().formatHex(key));
  }

  private static byte[] archiveKey(MonthKeys keys, SealedRecord record) {
    RowStripper stripper = keys.stripper(record.month());
    stripper.strip(record.key(), 0, record.row(), 0, record.row().length);
    return stripper.key();
  }
}
