package vellum.ingest.api;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import vellum.core.billing.CellFilter;
import vellum.core.billing.Cube;
import vellum.core.billing.Dimension;
import vellum.core.period.RecordQuery;

/**
 * Which records a request asks for: those of an account and a time, or those behind a row of
 * totals, by billing days and dimensions, or both. Stateless.
 */
final class RecordParameters {

  /** All but dimensions; {@code account} is both, and handled apart. */
  private static final Set<String> PARAMETERS =
      new LinkedHashSet<>(
          List.of(
              "account", "from", "to", "billing_from", "billing_to", "cube", "limit", "cursor"));

  private static final long DAY_MICROS = 86_400_000_000L;

  private RecordParameters() {}

  static RecordQuery query(ServiceRequestContext context) {
    requireKnown(context);
    boolean hasDays = hasDays(context);
    boolean hasTimes = has(context, "from") || has(context, "to") || !hasDays;
    List<String> accounts = context.queryParams().getAll("account");
    boolean hasCells = has(context, "cube") || CellQuery.hasOthers(context, PARAMETERS);
    if (hasDays || hasCells || accounts.size() > 1) {
      CellFilter cells = cells(context, hasDays);
      if (accounts.size() > 1) {
        cells = cells.with(Dimension.ACCOUNT.in(cells.cube()), accounts);
      }
      RecordQuery query = RecordQuery.of(cells);
      RecordQuery mine =
          accounts.size() == 1 ? query.ofAccount(Query.account(accounts.get(0))) : query;
      return hasTimes ? mine.within(from(context), to(context)) : mine;
    }
    return RecordQuery.of(Query.account(context), from(context), to(context));
  }

  /**
   * What is no parameter is no dimension for that reason: somebody may mean quite another thing.
   */
  private static void requireKnown(ServiceRequestContext context) {
    for (String name : context.queryParams().names()) {
      if (!PARAMETERS.contains(name) && !Dimension.isName(name)) {
        throw Problem.bad(
            "UNKNOWN_PARAMETER",
            "records are asked for by "
                + String.join(", ", PARAMETERS)
                + " and the dimensions "
                + Arrays.stream(Dimension.values())
                    .map(Dimension::toString)
                    .collect(Collectors.joining(", "))
                + ", nothing else; identities are shown by GET /v1/records/{id} and POST"
                + " /v1/subjects/find");
      }
    }
  }

  /** Whether a request names billing days. */
  static boolean hasDays(ServiceRequestContext context) {
    return has(context, "billing_from") || has(context, "billing_to");
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
