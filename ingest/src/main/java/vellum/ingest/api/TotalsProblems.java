package vellum.ingest.api;

import java.util.Map;
import vellum.core.billing.TotalsException;

/** What questions about totals that have no answer are to the caller. Stateless. */
final class TotalsProblems {

  /** The codes by kind; docs/CODES.md lists them. */
  static final Map<Class<? extends TotalsException>, String> CODES =
      Map.of(
          TotalsException.UnknownDimension.class, "UNKNOWN_DIMENSION",
          TotalsException.OtherCube.class, "DIMENSION_OF_OTHER_CUBE",
          TotalsException.BadValue.class, "BAD_VALUE",
          TotalsException.TooManyValues.class, "TOO_MANY_VALUES",
          TotalsException.BadInterval.class, "BAD_INTERVAL",
          TotalsException.IntervalTooLong.class, "INTERVAL_TOO_LONG",
          TotalsException.BeforeKept.class, "BEFORE_KEPT",
          TotalsException.TooManyRows.class, "TOO_MANY_ROWS");

  private TotalsProblems() {}

  static Problem of(TotalsException refused) {
    String code = CODES.getOrDefault(refused.getClass(), "BAD_TOTALS");
    return Problem.bad(code, String.valueOf(refused.getMessage()));
  }
}
