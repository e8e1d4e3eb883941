package vellum.ingest.api;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.LocalDate;
import java.util.Set;
import vellum.core.billing.CellFilter;
import vellum.core.billing.Cube;
import vellum.core.period.RecordQuery;
import vellum.core.record.AccountId;

/**
 * Which records a request asks for: those of an account and a time, or those behind a row of
 * totals, by billing days and dimensions, or both. Stateless.
 */
final class RecordParameters {

  /** All but dimensions; {@code account} is both, and handled apart. */
  private static final Set<String> PARAMETERS =
      Set.of("account", "cube", "from", "to", "billing_from", "billing_to", "limit", "cursor");

  private static final long DAY_MICROS = 86_400_000_000L;

  private RecordParameters() {}

  static RecordQuery query(ServiceRequestContext context) {
    boolean hasDays = has(context, "billing_from") || has(context, "billing_to");
    boolean hasTimes = has(context, "from") || has(context, "to") || !hasDays;
    if (hasDays || has(context, "cube") || CellQuery.hasOthers(context, PARAMETERS)) {
      RecordQuery query = RecordQuery.of(cells(context, hasDays));
      AccountId account = has(context, "account") ? Query.account(context) : null;
      RecordQuery mine = account == null ? query : query.ofAccount(account);
      return hasTimes ? mine.within(from(context), to(context)) : mine;
    }
    return RecordQuery.of(Query.account(context), from(context), to(context));
  }

  private static boolean has(ServiceRequestContext context, String name) {
    return context.queryParam(name) != null;
  }

  private static long from(ServiceRequestContext context) {
    return Query.micros(context, "from");
  }

  private static long to(ServiceRequestContext context) {
    long to = Query.micros(context, "to");
    if (from(context) >= to) {
      throw Problem.bad("BAD_TIME", "from must be before to");
    }
    return to;
  }

  private static CellFilter cells(ServiceRequestContext context, boolean hasDays) {
    Cube cube = CellQuery.cube(context);
    CellFilter days =
        hasDays
            ? CellFilter.of(
                cube, CellQuery.day(context, "billing_from"), CellQuery.day(context, "billing_to"))
            : CellFilter.of(cube, day(from(context)).minusDays(1), day(to(context)).plusDays(2));
    return CellQuery.filter(context, days, PARAMETERS);
  }

  private static LocalDate day(long micros) {
    return LocalDate.ofEpochDay(micros / DAY_MICROS);
  }
}
