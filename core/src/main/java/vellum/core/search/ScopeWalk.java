package vellum.core.search;

/**
 * A search that goes on from page to page, quicker than one that begins anew with each cursor: it
 * remembers what it has gathered. Holds nothing open between two pages. Not thread-safe.
 */
public interface ScopeWalk {

  /**
   * The next page; behind the last one, an empty one without a next.
   *
   * @param limit most records of the page, at least 1
   */
  SearchPage next(int limit);
}
