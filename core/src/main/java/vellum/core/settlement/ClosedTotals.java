package vellum.core.settlement;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import vellum.core.billing.CellFilter;
import vellum.core.billing.CellGroups;
import vellum.core.billing.Closings;
import vellum.core.billing.Party;

/**
 * Totals of a month as it was closed: the cells that the charge lines of its statements are made
 * of, each party's as of its own closing. They come to the same whatever came later, as {@link
 * Bill} does. Thread-safe.
 */
public final class ClosedTotals {

  private final PeriodDesk periods;
  private final Books books;
  private final Standstill standstill;

  /**
   * @param setup that of the desk
   */
  public ClosedTotals(PeriodSetup setup, PeriodDesk periods) {
    this.periods = periods;
    this.books = setup.books();
    this.standstill = setup.standstill();
  }

  /**
   * Totals of closings.
   *
   * @param rows that do not come to zero, by the texts of their columns
   * @param closings which they are of, by party
   */
  public record Answer(List<CellGroups.Row> rows, List<Closing> closings) {
    public Answer {
      rows = List.copyOf(rows);
      closings = List.copyOf(closings);
    }
  }

  /**
   * The totals of the month in which the days of a request begin, of the accounts or suppliers that
   * it names, or else of all for whom the month is closed.
   *
   * @throws SettlementException.NotClosed naming the first for whom it is not closed
   * @throws SettlementException when nobody knows who is named, or nothing of the month is kept
   * @throws vellum.core.billing.TotalsException.TooManyRows above {@link TotalsQuery#MAX_ROWS}
   */
  public Answer totals(TotalsRequest request) {
    CellFilter filter = request.filter();
    YearMonth period = Closings.periodOf(filter.fromDay());
    periods.checks().requireKept(period);
    List<Closing> closings = closings(filter, period);
    standstill.position();
    CellGroups groups = new CellGroups(filter, request.by(), TotalsQuery.MAX_ROWS);
    for (Closing closing : closings) {
      Bill bill = new Bill(closing.party(), period, closing.position());
      books.read(closing.party(), period, bill::cell, bill::adjustmentOf);
      bill.cells(groups);
    }
    return new Answer(groups.rows(), closings);
  }

  private List<Closing> closings(CellFilter filter, YearMonth period) {
    if (filter.parties().isEmpty()) {
      return holding(periods.list(filter.cube(), null, period));
    }
    List<Closing> closings = new ArrayList<>();
    for (String id : filter.parties()) {
      Party party = new Party(filter.cube(), id);
      List<Closing> holding = holding(periods.list(filter.cube(), id, period));
      if (holding.isEmpty()) {
        throw new SettlementException.NotClosed(party, period);
      }
      closings.addAll(holding);
    }
    return closings;
  }

  private static List<Closing> holding(List<Closing> closings) {
    return closings.stream().filter(Closing::isClosed).toList();
  }
}
