package vellum.core.rerating;

import java.util.ArrayList;
import java.util.List;
import vellum.core.period.FoundRecord;
import vellum.core.period.Place;
import vellum.core.period.RecordFinder;
import vellum.core.period.RecordPage;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.strip.ArchiveKey;

/**
 * Reads the records of a scope's accounts, page after page, in the order in which they lie,
 * whichever months are archived meanwhile. Not thread-safe.
 */
final class ScopeReader {

  /** Records of a page, at most. */
  static final int PAGE = 1_000;

  private static final long MICROS = 1_000_000;

  private final RecordFinder finder;
  private final RerateScope scope;
  private final long firstSecond;
  private final long lastSecond;
  private Cursor cursor;
  private Cursor next;

  ScopeReader(
      RecordFinder finder,
      RecordStore store,
      MonthCalendar calendar,
      RerateScope scope,
      Cursor from) {
    this.finder = finder;
    this.scope = scope;
    this.cursor = from;
    this.next = from;
    long first = Long.MAX_VALUE;
    long last = 0;
    for (MonthId month : store.months()) {
      if (month.kind() == MonthId.Kind.TRAFFIC) {
        first = Math.min(first, calendar.start(month).getEpochSecond());
        last = Math.max(last, calendar.end(month).getEpochSecond());
      }
    }
    this.firstSecond = Math.max(first, scope.fromMicros() / MICROS);
    this.lastSecond = Math.max(firstSecond, Math.min(last, scope.toMicros() / MICROS));
  }

  /** Where the page begins that {@link #read} gives. */
  Cursor cursor() {
    return cursor;
  }

  /** Where the page ends that was read. */
  Cursor next() {
    return next;
  }

  boolean isEnd() {
    return cursor.account() == scope.accounts().size();
  }

  /** The page at the cursor, which stays where it is. */
  List<FoundRecord> read() {
    RecordPage page =
        finder.list(
            scope.accounts().get(cursor.account()),
            scope.fromMicros(),
            scope.toMicros(),
            cursor.place(),
            PAGE);
    next =
        page.next() == null
            ? new Cursor(cursor.account() + 1, null)
            : new Cursor(cursor.account(), page.next());
    return new ArrayList<>(page.records());
  }

  /** Goes on behind the page that was read. */
  void advance() {
    cursor = next;
  }

  RerateRun.Progress progress(long records) {
    long span = lastSecond - firstSecond;
    Place place = cursor.place();
    long within =
        place == null
            ? 0
            : Math.max(0, Math.min(span, ArchiveKey.second(place.key(), 0) - firstSecond));
    return new RerateRun.Progress(
        cursor.account() * span + within, scope.accounts().size() * span, records);
  }
}
