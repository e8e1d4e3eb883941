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
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.record.AccountId;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.IdentityClass;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.seal.Identities;
import vellum.core.seal.RecordOpener;
import vellum.core.seal.SealedRecord;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.Party;
import vellum.v1.Submission;

/** Looks records up over all live months: by id, by account and time, by person. Thread-safe. */
public final class RecordFinder {

  private static final int PSEUDONYM_BYTES = 16;
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
   * Records that a person takes part in, in order of time, from every month whose key lives.
   *
   * @param limit most records, at least 1
   */
  public List<SealedRecord> ofSubject(CanonicalIdentity identity, int limit) {
    IdentityClass identityClass = identity.identityClass();
    byte[] canonical = identity.toArray();
    List<SealedRecord> found = new ArrayList<>();
    for (MonthId month : store.months()) {
      Optional<MonthKey> key = keys.existing(month);
      if (key.isPresent() && found.size() < limit) {
        store
            .holdExisting(month)
            .ifPresent(
                hold -> {
                  try (hold) {
                    Subject subject = new Subject(identityClass, canonical, key.get().newCipher());
                    found.addAll(subject.records(hold.month(), limit - found.size()));
                  }
                });
      }
    }
    found.sort(Comparator.comparingLong(SealedRecord::startedAtMicros));
    return found;
  }

  /** Position and counts of every live month. */
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

  private List<MonthId> months(long fromMicros, long toMicros) {
    return store.months().stream()
        .filter(
            month ->
                calendar.start(month).getEpochSecond() * MICROS < toMicros
                    && calendar.end(month).getEpochSecond() * MICROS > fromMicros)
        .toList();
  }

  /**
   * Where a page ended.
   *
   * @param key of the last record
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

  /** A person as one month knows him: eight bytes of pseudonym find, the opened record proves. */
  private static final class Subject {
    private final IdentityClass identityClass;
    private final byte[] canonical;
    private final MonthCipher cipher;
    private final RecordOpener opener = new RecordOpener();
    private final CanonicalIdentity candidate = new CanonicalIdentity();

    Subject(IdentityClass identityClass, byte[] canonical, MonthCipher cipher) {
      this.identityClass = identityClass;
      this.canonical = canonical;
      this.cipher = cipher;
    }

    List<SealedRecord> records(LiveMonth month, int limit) {
      byte[] pseudonym = new byte[PSEUDONYM_BYTES];
      cipher.pseudonym(identityClass, canonical, 0, canonical.length, pseudonym, 0);
      return month.references(pseudonym, cipher, limit).stream()
          .flatMap(reference -> month.referenced(reference).stream())
          .filter(this::takesPart)
          .toList();
    }

    private boolean takesPart(SealedRecord record) {
      DetailRecord clear = opener.open(record, Identities.CLEAR, cipher);
      Submission submission = clear.getSubmission();
      return Stream.of(
              submission.getSender(),
              submission.getRecipient(),
              submission.getOriginalSender(),
              submission.getForwardedFrom())
          .map(Party::getIdentifiersList)
          .flatMap(List::stream)
          .anyMatch(this::isSubject);
    }

    private boolean isSubject(Identifier identifier) {
      byte[] value = identifier.getValueBytes().toByteArray();
      candidate.read(identifier.getKindValue(), value, 0, value.length);
      return candidate.identityClass() == identityClass
          && Arrays.equals(
              candidate.bytes(), 0, candidate.length(), canonical, 0, canonical.length);
    }
  }
}
