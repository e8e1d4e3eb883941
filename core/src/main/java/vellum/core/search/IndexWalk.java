package vellum.core.search;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseScope;
import vellum.core.period.FoundRecord;
import vellum.core.period.SubjectReferences;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.record.RecordKey;
import vellum.core.seal.RowFormat;
import vellum.core.seal.SealedRecord;
import vellum.core.strip.StrippedOpener;

/**
 * Walks through the records of people and of ids, by calendar months of UTC and in each in the
 * order of their keys, whatever periods they are in: so none is given twice, and none is lost when
 * its month is stripped between two pages and a vault has it. Of each calendar month it asks the
 * index of every live month and every vault, and then reads the records that these name, each from
 * the first that has it, a live month before a vault.
 *
 * <p>Keys go by accounts within 70 minutes, which may begin in one calendar month and end in the
 * next: a key says nothing of those of another calendar month, and little of its neighbours' times.
 *
 * <p>Of a record of which somebody was erased in its month, the vault's copy is preferred.
 */
final class IndexWalk implements ScopeWalk {

  /** References in memory at most, twice while they are gathered; 40 bytes each. */
  private static final int MOST_REFERENCES = 1 << 18;

  /** References that a page looks at, at most: many may be of nobody wanted. */
  private static final int MOST_READ = 100_000;

  private static final YearMonth FIRST = YearMonth.of(2000, 1);
  private static final YearMonth LAST = YearMonth.of(2099, 12);

  private final SearchParts parts;
  private final CaseScope scope;
  private final Reach reach;
  private final ScopeMatch match;
  private final List<CanonicalIdentity> identities;
  private final List<UUID> ids;
  private final Opening opening;

  private YearMonth window;
  private final YearMonth lastWindow;

  /** Key of the last record given in this window, or what is less than all of them. */
  private byte[] behind;

  private List<byte[]> gathered = List.of();
  private int at;
  private boolean isGathered;

  /** Whether what is gathered is all of the window. */
  private boolean isWhole;

  IndexWalk(SearchParts parts, CaseScope scope, Reach reach, @Nullable SearchCursor cursor) {
    this.parts = parts;
    this.scope = scope;
    this.reach = reach;
    this.match = new ScopeMatch(scope);
    this.identities = match.identities();
    this.ids = match.recordIds();
    this.opening = new Opening(parts, reach.contents());
    this.behind = cursor == null ? new byte[RecordKey.BYTES] : cursor.key(0, RecordKey.BYTES);
    YearMonth first = month(scope.from());
    YearMonth reached =
        cursor == null ? first : month(Instant.ofEpochMilli(RecordKey.millis(behind, 0)));
    this.window = reached.isBefore(first) ? first : reached;
    this.lastWindow = month(scope.to().minusNanos(1));
  }

  private static YearMonth month(Instant at) {
    YearMonth month =
        at.isAfter(start(LAST.plusMonths(1)))
            ? LAST
            : YearMonth.from(at.atOffset(ZoneOffset.UTC).toLocalDate());
    return month.isBefore(FIRST) ? FIRST : month.isAfter(LAST) ? LAST : month;
  }

  private static Instant start(YearMonth month) {
    return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  @Override
  public SearchPage next(int limit) {
    List<Found> found = new ArrayList<>();
    List<MonthId> months =
        parts.months().months().stream()
            .filter(month -> month.kind() == MonthId.Kind.TRAFFIC)
            .toList();
    int read = 0;
    while (found.size() < limit && read < MOST_READ && !window.isAfter(lastWindow)) {
      read += addFromWindow(found, months, limit, MOST_READ - read);
    }
    boolean isOver = window.isAfter(lastWindow);
    String next = isOver ? null : SearchCursor.write(SearchCursor.INDEX, SearchCursor.hex(behind));
    return new SearchPage(found, next, isOver ? 1 : done());
  }

  private double done() {
    long from = Math.max(scope.from().toEpochMilli(), start(FIRST).toEpochMilli());
    long to = start(lastWindow.plusMonths(1)).toEpochMilli();
    long now = Math.max(RecordKey.millis(behind, 0), Math.max(from, start(window).toEpochMilli()));
    return Math.max(0, Math.min(1, (now - from) / (double) Math.max(1, to - from)));
  }

  /** Adds records of the window at hand; moves on when it has no more. Returns what was read. */
  private int addFromWindow(List<Found> found, List<MonthId> months, int limit, int mostRead) {
    List<OpenPeriod> open = open(months);
    try {
      if (!isGathered) {
        gather(open);
      }
      int read = 0;
      while (at < gathered.size() && found.size() < limit && read < mostRead) {
        addOf(gathered.get(at), open, found, limit);
        read++;
      }
      if (at >= gathered.size()) {
        endGathered();
      }
      return read;
    } finally {
      open.forEach(OpenPeriod::close);
    }
  }

  private void endGathered() {
    if (isWhole) {
      window = window.plusMonths(1);
      behind = RecordKey.lowerBound(0, 0, start(window).toEpochMilli() << 16, 0);
    }
    gathered = List.of();
    at = 0;
    isGathered = false;
  }

  private List<OpenPeriod> open(List<MonthId> months) {
    List<OpenPeriod> open = new ArrayList<>();
    try {
      Instant from = start(window);
      Instant to = start(window.plusMonths(1));
      for (MonthId month : months) {
        boolean overlaps =
            parts.calendar().start(month).isBefore(to) && parts.calendar().end(month).isAfter(from);
        if (overlaps) {
          OpenPeriod.live(parts.months(), month, opening).ifPresent(open::add);
        }
      }
      for (MonthId vault : reach.vaults()) {
        OpenPeriod.vault(parts.vaults(), vault, opening).ifPresent(open::add);
      }
      return open;
    } catch (RuntimeException e) {
      open.forEach(OpenPeriod::close);
      throw e;
    }
  }

  private void gather(List<OpenPeriod> open) {
    long from = Math.max(start(window).toEpochMilli(), scope.from().toEpochMilli());
    long to = Math.min(start(window.plusMonths(1)).toEpochMilli(), scope.to().toEpochMilli() + 1);
    long reached = RecordKey.bucketMillis(behind, 0);
    OpenPeriod.Interval interval = new OpenPeriod.Interval(Math.max(from, reached), to);
    References references = new References(MOST_REFERENCES, behind);
    for (OpenPeriod one : open) {
      identities.forEach(identity -> one.gather(identity, interval, references));
    }
    for (UUID id : ids) {
      if (isInWindow(id)) {
        open.forEach(one -> one.gather(id, references));
        archivedKeys(id).forEach(key -> references.add(reference(key)));
      }
    }
    gathered = references.sorted();
    isWhole = references.bound() == null;
    at = 0;
    isGathered = true;
  }

  private static byte[] reference(byte[] key) {
    return ScopeMatch.prefix(key, SubjectReferences.BYTES);
  }

  private boolean isInWindow(UUID id) {
    return month(Instant.ofEpochMilli(RecordId.millis(id))).equals(window);
  }

  /** Keys that records of an id had before they were archived. */
  private List<byte[]> archivedKeys(UUID id) {
    List<byte[]> found = new ArrayList<>();
    for (FoundRecord one : parts.finder().find(id)) {
      if (one instanceof FoundRecord.Stripped stripped) {
        found.add(RecordKey.of(AccountId.of(stripped.record().reader().account()), id));
      }
    }
    return found;
  }

  /** Adds the records of a reference, and moves behind them; stays when there is no room. */
  private void addOf(byte[] reference, List<OpenPeriod> open, List<Found> found, int limit) {
    TreeMap<byte[], Found> records = new TreeMap<>(Arrays::compareUnsigned);
    TreeMap<byte[], Boolean> erased = new TreeMap<>(Arrays::compareUnsigned);
    for (OpenPeriod one : open) {
      for (SealedRecord record : one.of(reference)) {
        Found before = records.get(record.key());
        boolean isAny = before == null || erased.containsKey(record.key());
        boolean isWanted = isAny || before != null && !before.identified();
        Found opened = isWanted ? matching(one, record) : null;
        // What a vault has of it stands before a row whose key is gone and that is still there.
        if (opened != null && (isAny || opened.identified())) {
          records.put(record.key(), opened);
          if (record.reader().format() == RowFormat.ERASED) {
            erased.put(record.key(), true);
          } else {
            erased.remove(record.key());
          }
        }
      }
    }
    if (records.isEmpty()) {
      addArchived(reference, records);
    }
    for (Map.Entry<byte[], Found> one : records.entrySet()) {
      if (Arrays.compareUnsigned(one.getKey(), behind) > 0) {
        if (found.size() == limit) {
          return;
        }
        found.add(one.getValue());
        behind = one.getKey();
      }
    }
    behind = References.last(reference);
    at++;
  }

  /** A record that was named, and that only an archive has any more. */
  private void addArchived(byte[] reference, Map<byte[], Found> records) {
    for (UUID id : ids) {
      boolean isOf =
          Bytes.getLong(reference, RecordKey.ID_OFFSET) == id.getMostSignificantBits()
              && Bytes.getInt(reference, RecordKey.ID_OFFSET + Long.BYTES)
                  == (int) (id.getLeastSignificantBits() >>> Integer.SIZE);
      for (FoundRecord one : isOf ? parts.finder().find(id) : List.<FoundRecord>of()) {
        if (one instanceof FoundRecord.Stripped stripped
            && match.mayBe(stripped.record().reader(), one.startedAtMicros(), ScopeMatch.SECOND)) {
          records.put(
              RecordKey.of(AccountId.of(stripped.record().reader().account()), id),
              new Found(
                  one.month(),
                  stripped.record().key(),
                  Found.Place.ARCHIVE,
                  false,
                  new StrippedOpener().open(stripped.record(), id)));
        }
      }
    }
  }

  private @Nullable Found matching(OpenPeriod period, SealedRecord record) {
    if (!match.mayBe(record.reader(), record.startedAtMicros(), 1)) {
      return null;
    }
    Found opened = period.open(record);
    return match.isNamed(record.key()) || opened.identified() && match.isWith(opened.record())
        ? opened
        : null;
  }
}
