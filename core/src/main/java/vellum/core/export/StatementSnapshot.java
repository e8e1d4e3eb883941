package vellum.core.export;

import java.util.Comparator;
import java.util.List;
import vellum.core.billing.Party;
import vellum.core.settlement.Closing;
import vellum.core.settlement.PeriodDesk;

/** Begins exports of statements. Thread-safe. */
public final class StatementSnapshot {

  private final PeriodDesk periods;

  public StatementSnapshot(PeriodDesk periods) {
    this.periods = periods;
  }

  /**
   * The statements of a query: immutable, so each is read when its turn comes.
   *
   * @throws ExportException.BadRequest when the period is closed for nobody who is asked for
   * @throws vellum.core.settlement.SettlementException when the party or its revision is unknown
   */
  public RowSource open(StatementQuery query) {
    List<Closing> closings = closings(query);
    if (closings.isEmpty()) {
      throw new ExportException.BadRequest(
          "there is no closed period " + query.period() + " of whom this asks for");
    }
    return new StatementSource(periods, closings);
  }

  private List<Closing> closings(StatementQuery query) {
    Party party = query.party();
    if (party != null && query.revision() > 0) {
      return List.of(periods.show(party, query.period(), query.revision()).closing());
    }
    return periods
        .list(
            party == null ? null : party.cube(), party == null ? null : party.id(), query.period())
        .stream()
        .filter(closing -> closing.isClosed() && closing.statement() != null)
        .sorted(Comparator.comparing(Closing::party))
        .toList();
  }
}
