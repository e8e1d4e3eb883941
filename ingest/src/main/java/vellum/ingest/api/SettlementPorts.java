package vellum.ingest.api;

import vellum.core.settlement.AdjustedRecords;
import vellum.core.settlement.PeriodDesk;
import vellum.core.settlement.PostingDesk;

/** Who answers about periods and postings. */
public record SettlementPorts(PeriodDesk periods, PostingDesk postings, AdjustedRecords adjusted) {}
