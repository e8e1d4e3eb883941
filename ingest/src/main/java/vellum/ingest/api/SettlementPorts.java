package vellum.ingest.api;

import vellum.core.settlement.AdjustedRecords;
import vellum.core.settlement.ClosedTotals;
import vellum.core.settlement.PeriodDesk;
import vellum.core.settlement.PostingDesk;

/**
 * Who answers about periods and postings, with records behind adjustments, and with totals as they
 * were closed.
 */
public record SettlementPorts(
    PeriodDesk periods, PostingDesk postings, AdjustedRecords adjusted, ClosedTotals closed) {}
