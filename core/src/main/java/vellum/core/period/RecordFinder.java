package vellum.core.period;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthKey;
import vellum.core.crypto.YearMac;
import vellum.core.record.AccountId;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.seal.SealedRecord;

/**
 * Looks records up over all months, live and archived: by id, by account and time, by person. A
 * month that is stripped meanwhile is read to the end as it was when the look-up came to it, and
 * pages go on behind the same record in its archive. Thread-safe.
 */
public final class RecordFinder {

  private static final long MICROS = 1_000_000;

  private final RecordStore store;
  private final MonthCalendar calendar;
  private final KeyRing keys;

  public RecordFinder(RecordStore store, MonthCalendar calendar, KeyRing keys) {
    this.store = store;
    this.calendar = calendar;
    this.keys = keys;
  }

  /** Records of an id: one, unless two accounts made the same. */
  public List<FoundRecord> find(UUID id) {
    long millis = RecordId.millis(id);
    List<FoundRecord> found = new ArrayList<>(1);
    for (MonthId month : months(millis * 1000, millis * 1000 + 1)) {
      use(month, held -> found.addAll(find(held, id)));
    }
    return found;
  }

  private List<FoundRecord> find(Month month, UUID id) {
    if (month instanceof ArchiveMonth archive) {
      return archive.records(id, yearMac(archive.month())).stream()
          .<FoundRecord>map(record -> new FoundRecord.Stripped(record, Optional.of(id)))
          .toList();
    }
    return ((LiveMonth) month)
        .records(id).stream().<FoundRecord>map(FoundRecord.Sealed::new).toList();
  }

  /** Records of an account that started in {@code [fromMicros, toMicros)}; as below. */
  public RecordPage list(
      AccountId account, long fromMicros, long toMicros, @Nullable Place after, int limit) {
    return list(RecordQuery.of(account, fromMicros, toMicros), after, limit);
  }

  /**
   * The records that a query means, by month and time. An archived month knows seconds only: those
   * of the bounds are whole. A page may end early, when enough rows were read to find them, even
   * without any record: it names where to go on.
   *
   * @param after where the last page ended, or null
   * @param limit most records of the page, at least 1
   */
  public RecordPage list(RecordQuery query, @Nullable Place after, int limit) {
    return list(query, after, limit, Listing.MOST_READ);
  }

  /**
   * The same.
   *
   * @param mostRead rows after which a page ends, about
   */
  public RecordPage list(RecordQuery query, @Nullable Place after, int limit, int mostRead) {
    // One more than the page takes tells whether there is a next one.
    Listing listing = new Listing(query, limit + 1, mostRead);
    for (MonthId month : months(query.fromMicros(), query.toMicros())) {
      if (!listing.isDone() && (after == null || month.compareTo(after.month()) >= 0)) {
        byte[] behind = after != null && after.month().equals(month) ? after.key() : null;
        use(month, held -> list(held, listing, behind));
      }
    }
    List<Listing.Entry> found = listing.found();
    boolean more = found.size() > limit;
    List<FoundRecord> page =
        new ArrayList<>(
            (more ? found.subList(0, limit) : found).stream().map(Listing.Entry::record).toList());
    Listing.Entry last = more ? found.get(limit - 1) : null;
    page.sort(
        Comparator.comparing(FoundRecord::month).thenComparingLong(FoundRecord::startedAtMicros));
    return new RecordPage(
        page, last == null ? listing.stopped() : new Place(last.record().month(), last.key()));
  }

  private void list(Month month, Listing listing, byte @Nullable [] behind) {
    if (month instanceof ArchiveMonth archive) {
      listing.add(archive, behind);
    } else if (month instanceof LiveMonth live) {
      listing.add(live, behind, yearMac(live.month()));
    }
  }

  /**
   * Records that a person takes part in, from every live month whose key lives. Pages are ordered
   * by month; within a month the index decides which records share a page, not time. The records of
   * one page are in order of time. What was indexed but is no longer true (a later submission named
   * somebody else) takes no place in a page.
   *
   * @param after where the last page ended, or null
   * @param limit most records of the page, at least 1
   */
  public RecordPage ofSubject(CanonicalIdentity identity, @Nullable Place after, int limit) {
    List<SealedRecord> found = new ArrayList<>();
    for (MonthId month : traffic().toList()) {
      if (found.size() <= limit && (after == null || month.compareTo(after.month()) >= 0)) {
        byte[] behind = after != null && after.month().equals(month) ? after.key() : null;
        addOfSubject(found, identity, month, behind, limit + 1);
      }
    }
    boolean more = found.size() > limit;
    List<SealedRecord> page = new ArrayList<>(more ? found.subList(0, limit) : found);
    SealedRecord last = more ? page.get(limit - 1) : null;
    page.sort(Comparator.comparingLong(SealedRecord::startedAtMicros));
    return new RecordPage(
        page.stream().<FoundRecord>map(FoundRecord.Sealed::new).toList(),
        last == null ? null : new Place(last.month(), last.key()));
  }

  /** Adds a month's records, or none of them when its key is destroyed, even meanwhile. */
  private void addOfSubject(
      List<SealedRecord> found,
      CanonicalIdentity identity,
      MonthId month,
      byte @Nullable [] behind,
      int most) {
    int before = found.size();
    try {
      Optional<MonthKey> key = keys.existing(month);
      if (key.isPresent()) {
        Subject subject =
            new Subject(identity.identityClass(), identity.toArray(), key.get().newCipher());
        use(
            month,
            held -> {
              if (held instanceof LiveMonth live) {
                subject.fill(found, live, behind, most);
              }
            });
      }
    } catch (CryptoException.KeyDestroyed e) {
      found.subList(before, found.size()).clear();
    }
  }

  /** Position and counts of every month, of usage and content too. */
  public SortedMap<MonthId, MonthState> states() {
    SortedMap<MonthId, MonthState> states = new TreeMap<>();
    for (MonthId month : store.months()) {
      use(month, held -> states.put(month, held.state()));
    }
    return states;
  }

  private Stream<MonthId> traffic() {
    return store.months().stream().filter(month -> month.kind() == MonthId.Kind.TRAFFIC);
  }

  private void use(MonthId month, Consumer<Month> use) {
    store
        .holdExisting(month)
        .ifPresent(
            hold -> {
              try (hold) {
                use.accept(hold.month());
              }
            });
  }

  /**
   * The secret under which the month's records are, or will be, archived. It was made with the
   * month's own, or at the start of a node for months from before that was so.
   */
  private YearMac yearMac(MonthId month) {
    return keys.key(month.year()).newYearMac();
  }

  private List<MonthId> months(long fromMicros, long toMicros) {
    return traffic()
        .filter(
            month ->
                calendar.start(month).getEpochSecond() * MICROS < toMicros
                    && calendar.end(month).getEpochSecond() * MICROS > fromMicros)
        .toList();
  }
}
