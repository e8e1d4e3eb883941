package vellum.core.settlement;

import java.time.LocalDate;
import vellum.core.billing.CellFilter;

/**
 * What a question about billing may name: whoever is known, days that are kept. Thread-safe.
 *
 * @param parties who is known
 * @param days what is kept
 */
public record Askable(KnownParties parties, KeptDays days) {

  /**
   * Refuses a question that has no answer.
   *
   * @throws vellum.core.billing.TotalsException by its days
   * @throws SettlementException by the accounts or suppliers that it names
   */
  public void require(CellFilter filter) {
    days.require(LocalDate.ofEpochDay(filter.fromDay()), LocalDate.ofEpochDay(filter.toDay()));
    parties.require(filter.cube(), filter.parties());
  }
}
