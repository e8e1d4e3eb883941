package vellum.core.subject;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.core.casefile.CaseScope;
import vellum.core.record.MonthId;
import vellum.core.search.Found;
import vellum.core.search.ScopeWalk;
import vellum.core.search.SearchPage;

/**
 * How many live records a request is about, month by month: what a dry run tells. Immutable.
 *
 * @param more whether there are more than were counted
 */
public record PersonCount(SortedMap<MonthId, Long> months, boolean more) {

  /** Records that are counted, at most. */
  static final long MOST = 100_000;

  private static final int PAGE = 1_000;

  public PersonCount {
    months = Collections.unmodifiableSortedMap(new TreeMap<>(months));
  }

  /** Counts, for at most {@link #MOST} records. */
  public static PersonCount of(RequestOrder order, AnswerParts parts) {
    OwnView view = new OwnView(order.who());
    SortedMap<MonthId, Long> months = new TreeMap<>();
    List<CaseScope> scopes = order.scopes();
    long seen = 0;
    for (int at = 0; at < scopes.size(); at++) {
      ScopeWalk walk = parts.search().walk(scopes.get(at), parts.reach().get(), null);
      SearchPage page;
      do {
        page = walk.next(PAGE);
        for (Found found : page.records()) {
          boolean isCounted =
              found.place() == Found.Place.LIVE
                  && (order.who().isEmpty()
                      || view.isOwn(found.record(), at, at + 1)
                          && !view.isOwn(found.record(), 0, at));
          if (isCounted) {
            months.merge(found.period(), 1L, Long::sum);
          }
        }
        seen += page.records().size();
      } while (page.next() != null && seen < MOST);
      if (seen >= MOST) {
        return new PersonCount(months, true);
      }
    }
    return new PersonCount(months, false);
  }

  public long records() {
    return months.values().stream().mapToLong(Long::longValue).sum();
  }
}
