package vellum.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.crypto.KeyRing;
import vellum.core.period.RecordFinder;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.seal.ContentSource;
import vellum.core.seal.SealedRecord;

/**
 * Finds the records that one hold keeps: in its vault and nowhere else, whatever months still have.
 * Thread-safe.
 */
public final class VaultSearch {

  private final SearchParts parts;
  private final ScopeSearch search;

  /**
   * @param vaults the vaults of holds
   * @param keys of them
   */
  public VaultSearch(RecordStore vaults, KeyRing keys, MonthCalendar calendar) {
    RecordStore none = new NoMonths();
    this.parts =
        new SearchParts(
            new RecordFinder(none, calendar, keys),
            none,
            vaults,
            keys,
            calendar,
            ContentSource.NONE);
    this.search = new ScopeSearch(parts);
  }

  /**
   * A page of what a vault has of its hold's scope: of some people, or all.
   *
   * @param held scope of the hold: nothing beyond it is found
   * @param subjects one of whom took part in each record; empty: whoever did
   * @param cursor where an earlier page of the same question ended, or null to begin
   * @param limit most records of the page, at least 1
   * @throws SearchException.BadCursor when the cursor is of no page of such a question
   */
  public VaultPage next(
      MonthId vault,
      CaseScope held,
      List<CaseSubject> subjects,
      @Nullable String cursor,
      int limit) {
    Reach reach = new Reach(new TreeSet<>(Set.of(vault)), false);
    CaseScope scope =
        subjects.isEmpty()
            ? held
            : new CaseScope(subjects, held.accounts(), held.from(), held.to(), held.channels());
    SearchPage page =
        subjects.isEmpty()
            ? new ScanWalk(parts, scope, reach, within(vault, cursor)).next(limit)
            : search.next(scope, reach, cursor, limit);
    return new VaultPage(rows(vault, page.records()), page.next());
  }

  /** A cursor of a walk through this vault: one of another would end at once, or begin anew. */
  private static @Nullable SearchCursor within(MonthId vault, @Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    SearchCursor at = SearchCursor.parse(cursor);
    if (!at.kind().equals(SearchCursor.VAULT) || !at.period(0).equals(vault)) {
      throw new SearchException.BadCursor();
    }
    return at;
  }

  /** The rows of what was found; those of a hold that is released meanwhile are gone. */
  private List<SealedRecord> rows(MonthId vault, List<Found> found) {
    List<SealedRecord> rows = new ArrayList<>(found.size());
    Optional<OpenPeriod> opened =
        OpenPeriod.vault(parts.vaults(), vault, new Opening(parts, false));
    if (opened.isPresent()) {
      try (OpenPeriod open = opened.get()) {
        found.forEach(one -> open.record(one.key()).ifPresent(rows::add));
      }
    }
    return rows;
  }
}
