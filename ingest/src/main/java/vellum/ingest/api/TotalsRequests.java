package vellum.ingest.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Set;
import vellum.core.billing.CellFilter;
import vellum.core.billing.Cube;
import vellum.core.settlement.TotalsQuery;
import vellum.core.settlement.TotalsRequest;

/** Answers about totals. Thread-safe. */
final class TotalsRequests {

  private static final Set<String> PARAMETERS = Set.of("cube", "from", "to", "by");

  private final TotalsQuery totals;
  private final Freshness freshness;

  TotalsRequests(TotalsQuery totals, Freshness freshness) {
    this.totals = totals;
    this.freshness = freshness;
  }

  HttpData list(ServiceRequestContext context) {
    Cube cube = CellQuery.cube(context);
    CellFilter days =
        CellFilter.of(cube, CellQuery.day(context, "from"), CellQuery.day(context, "to"));
    TotalsRequest asked =
        new TotalsRequest(CellQuery.filter(context, days, PARAMETERS), CellQuery.by(context, cube));
    freshness.await();
    return TotalsJson.of(totals.totals(asked));
  }
}
