package vellum.core.settlement;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import vellum.core.billing.CellRange;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.record.MonthId;

/**
 * Whom questions may be asked about: who is registered, has closed periods or postings by hand, or
 * has cells in any month that is kept. So while nobody is registered, accounts are known by their
 * records. Thread-safe.
 */
public final class KnownParties {

  private final Predicate<Party> listed;
  private final CellSource cells;

  /**
   * @param listed whether somebody is known without a look at the months; cheap
   */
  public KnownParties(Predicate<Party> listed, CellSource cells) {
    this.listed = listed;
    this.cells = cells;
  }

  /** Whether a party is known; legs that name no supplier are nobody's, and may be asked for. */
  public boolean isKnown(Party party) {
    return party.id().isEmpty() || listed.test(party) || hasCells(party);
  }

  /**
   * Refuses who is not known.
   *
   * @throws SettlementException.UnknownAccount naming the account
   * @throws SettlementException.UnknownSupplier naming the supplier
   */
  public void require(Party party) {
    if (!isKnown(party)) {
      throw party.cube() == Cube.SALE
          ? new SettlementException.UnknownAccount(party.id())
          : new SettlementException.UnknownSupplier(party.id());
    }
  }

  /** Refuses the first of some who is not known. */
  public void require(Cube cube, Collection<String> ids) {
    ids.forEach(id -> require(new Party(cube, id)));
  }

  private boolean hasCells(Party party) {
    CellRange all =
        new CellRange(party.cube(), party.id(), Integer.MIN_VALUE, Integer.MAX_VALUE, true);
    boolean[] any = new boolean[1];
    for (MonthId month : cells.months(all.fromDay(), all.toDay())) {
      Optional<CellSource.Cells> opened = cells.open(month);
      if (opened.isPresent()) {
        try (CellSource.Cells open = opened.get()) {
          open.read(all, (key, offset, length, measures) -> any[0] = true);
        }
      }
      if (any[0]) {
        return true;
      }
    }
    return false;
  }
}
