package vellum.ingest.api;

import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.CellFilter;
import vellum.core.billing.Cube;
import vellum.core.billing.Dimension;

/**
 * Cube, billing days and dimensions in a request's query: a parameter by the name of a dimension,
 * more than once for any of some values. Stateless.
 */
final class CellQuery {

  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 9999;

  private CellQuery() {}

  /** The cube asked for, that of sales when none is. */
  static Cube cube(ServiceRequestContext context) {
    return cube(context.queryParam("cube"));
  }

  /** The cube of a name, that of sales when there is none. */
  static Cube cube(@Nullable String text) {
    if (text == null) {
      return Cube.SALE;
    }
    for (Cube cube : Cube.values()) {
      if (cube.name().toLowerCase(Locale.ROOT).equals(text)) {
        return cube;
      }
    }
    throw Problem.bad("BAD_CUBE", "cube must be sale or cost");
  }

  /** A billing day. */
  static LocalDate day(ServiceRequestContext context, String name) {
    String text = context.queryParam(name);
    try {
      if (text != null) {
        LocalDate day = LocalDate.parse(text);
        if (day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR) {
          return day;
        }
      }
    } catch (DateTimeException e) {
      // Said below, for all ways to be wrong.
    }
    throw Problem.bad(
        "BAD_DAY",
        name
            + " must be a day such as 2026-10-01, in the years "
            + FIRST_YEAR
            + " to "
            + LAST_YEAR);
  }

  /**
   * The filter with what the query says of dimensions.
   *
   * @param others names of parameters that are no dimensions
   */
  static CellFilter filter(ServiceRequestContext context, CellFilter days, Set<String> others) {
    CellFilter filter = days;
    QueryParams query = context.queryParams();
    for (String name : query.names()) {
      if (!others.contains(name)) {
        filter = filter.with(Dimension.parse(name, days.cube()), query.getAll(name));
      }
    }
    return filter;
  }

  /** Whether the query has a parameter besides these. */
  static boolean hasOthers(ServiceRequestContext context, Set<String> others) {
    return !others.containsAll(context.queryParams().names());
  }

  /** The dimensions that rows are grouped by, in a list with commas. */
  static List<Dimension> by(ServiceRequestContext context, Cube cube) {
    return by(context.queryParam("by"), cube);
  }

  /** The dimensions of a list with commas. */
  static List<Dimension> by(@Nullable String text, Cube cube) {
    List<Dimension> by = new ArrayList<>();
    if (text != null && !text.isEmpty()) {
      for (String name : text.split(",", -1)) {
        by.add(Dimension.parse(name.strip(), cube));
      }
    }
    return by;
  }
}
