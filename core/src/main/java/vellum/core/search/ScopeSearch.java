package vellum.core.search;

import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseScope;

/**
 * Finds the records of a scope: people and ids by the indexes of live months and vaults, accounts
 * and senders by a walk through their records, archived ones included. Thread-safe; its walks are
 * not.
 *
 * <p>A record is given once, wherever it is kept: the live month before a vault, a vault's copy
 * before an archive. A month that is stripped meanwhile takes back nothing; what was not given yet
 * comes from vaults, or, of accounts, from the archive. Records that are made meanwhile may come or
 * not.
 */
public final class ScopeSearch {

  private final SearchParts parts;

  public ScopeSearch(SearchParts parts) {
    this.parts = parts;
  }

  /**
   * A page of a scope.
   *
   * @param cursor where an earlier page ended, or null to begin
   * @param limit most records of the page, at least 1
   * @throws SearchException.BadCursor when the cursor is of no page of this scope
   */
  public SearchPage next(CaseScope scope, Reach reach, @Nullable String cursor, int limit) {
    return walk(scope, reach, cursor).next(limit);
  }

  /** The same for who wants many pages. */
  public ScopeWalk walk(CaseScope scope, Reach reach, @Nullable String cursor) {
    SearchCursor at = cursor == null ? null : SearchCursor.parse(cursor);
    ScopeMatch match = new ScopeMatch(scope);
    if (match.isOfUsageOnly()) {
      return limit -> new SearchPage(java.util.List.of(), null, 1);
    }
    boolean isIndexed = !match.needsScan();
    if (at != null && isIndexed != at.kind().equals(SearchCursor.INDEX)) {
      throw new SearchException.BadCursor();
    }
    return isIndexed
        ? new IndexWalk(parts, scope, reach, at)
        : new ScanWalk(parts, scope, reach, at);
  }
}
