package vellum.core.period;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthKey;
import vellum.core.record.AccountId;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.IdentityClass;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.seal.SealedRecord;

/** Looks records up over all live months: by id, by account and time, by person. Thread-safe. */
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
  public List<SealedRecord> find(UUID id) {
    long millis = RecordId.millis(id);
    List<SealedRecord> found = new ArrayList<>(1);
    for (MonthId month : months(millis * 1000, millis * 1000 + 1)) {
      store
          .holdExisting(month)
          .ifPresent(
              hold -> {
                try (hold) {
                  found.addAll(hold.month().records(id));
                }
              });
    }
    return found;
  }

  /**
   * Records of an account that started in {@code [fromMicros, toMicros)}, by month and id.
   *
   * @param after where the last page ended, or null
   * @param limit most records of the page, at least 1
   */
  public List<SealedRecord> list(
      AccountId account, long fromMicros, long toMicros, @Nullable Place after, int limit) {
    List<SealedRecord> page = new ArrayList<>();
    for (MonthId month : months(fromMicros, toMicros)) {
      if (page.size() < limit && (after == null || month.compareTo(after.month()) >= 0)) {
        store
            .holdExisting(month)
            .ifPresent(
                hold -> {
                  try (hold;
                      RecordScan scan = hold.month().scan(account, fromMicros, toMicros)) {
                    if (after != null && after.month().equals(month)) {
                      scan.seekBehind(after.key());
                    }
                    fill(page, scan, limit);
                  }
                });
      }
    }
    return page;
  }

  private static void fill(List<SealedRecord> page, RecordScan scan, int limit) {
    SealedRecord record = page.size() < limit ? scan.next() : null;
    while (record != null) {
      page.add(record);
      record = page.size() < limit ? scan.next() : null;
    }
  }

  /**
   * Records that a person takes part in, from every month whose key lives. Pages are ordered by
   * month; within a month the index decides which records share a page, not time. The records of
   * one page are in order of time. What was indexed but is no longer true (a later submission named
   * somebody else) takes no place in a page.
   *
   * @param after where the last page ended, or null
   * @param limit most records of the page, at least 1
   */
  public SubjectPage ofSubject(CanonicalIdentity identity, @Nullable Place after, int limit) {
    IdentityClass identityClass = identity.identityClass();
    byte[] canonical = identity.toArray();
    List<SealedRecord> found = new ArrayList<>();
    for (MonthId month : traffic().toList()) {
      boolean wanted =
          found.size() <= limit && (after == null || month.compareTo(after.month()) >= 0);
      Optional<MonthKey> key = wanted ? keys.existing(month) : Optional.empty();
      if (key.isPresent()) {
        byte[] behind = after != null && after.month().equals(month) ? after.key() : null;
        Subject subject = new Subject(identityClass, canonical, key.get().newCipher());
        store
            .holdExisting(month)
            .ifPresent(
                hold -> {
                  try (hold) {
                    // One more than the page takes tells whether there is a next one.
                    subject.fill(found, hold.month(), behind, limit + 1);
                  }
                });
      }
    }
    boolean more = found.size() > limit;
    List<SealedRecord> page = new ArrayList<>(more ? found.subList(0, limit) : found);
    Place next = more ? Place.of(page.get(limit - 1)) : null;
    page.sort(Comparator.comparingLong(SealedRecord::startedAtMicros));
    return new SubjectPage(page, next);
  }

  /** Position and counts of every live month, of usage and content too. */
  public SortedMap<MonthId, MonthState> states() {
    SortedMap<MonthId, MonthState> states = new TreeMap<>();
    for (MonthId month : store.months()) {
      store
          .holdExisting(month)
          .ifPresent(
              hold -> {
                try (hold) {
                  states.put(month, hold.month().state());
                }
              });
    }
    return states;
  }

  private Stream<MonthId> traffic() {
    return store.months().stream().filter(month -> month.kind() == MonthId.Kind.TRAFFIC);
  }

  private List<MonthId> months(long fromMicros, long toMicros) {
    return traffic()
        .filter(
            month ->
                calendar.start(month).getEpochSecond() * MICROS < toMicros
                    && calendar.end(month).getEpochSecond() * MICROS > fromMicros)
        .toList();
  }

  /**
   * Where a page ended.
   *
   * @param key of the record that was read last
   */
  public record Place(MonthId month, byte[] key) {

    public static Place of(SealedRecord record) {
      return new Place(record.month(), record.key());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Place place
          && month.equals(place.month)
          && Arrays.equals(key, place.key);
    }

    @Override
    public int hashCode() {
      return 31 * month.hashCode() + Arrays.hashCode(key);
    }
  }

  /**
   * Some of a person's records.
   *
   * @param records in order of time
   * @param next where to go on, or null when these were the last; it names a record, not the person
   */
  public record SubjectPage(List<SealedRecord> records, @Nullable Place next) {}
}
