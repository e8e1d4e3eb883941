package vellum.core.period;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.record.AccountId;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.IdentityClass;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.seal.SealedRecord;

/**
 * Looks events of the usage log up: by account and time, and by the actor or the address. A month
 * whose key is destroyed has none. Thread-safe.
 */
public final class UsageFinder {

  private static final long MICROS = 1_000_000;

  private final RecordStore store;
  private final MonthCalendar calendar;
  private final KeyRing keys;

  public UsageFinder(RecordStore store, MonthCalendar calendar, KeyRing keys) {
    this.store = store;
    this.calendar = calendar;
    this.keys = keys;
  }

  /**
   * What is looked for.
   *
   * @param account whose events; null for all accounts', of an actor or an address
   * @param actor who did it, in any spelling; or null
   * @param address canonical text of the address it was done from ({@link
   *     vellum.core.record.IpAddress}); or null
   * @param fromMicros first instant, microseconds since the epoch, UTC
   * @param toMicros first instant after
   */
  public record Question(
      @Nullable AccountId account,
      @Nullable String actor,
      @Nullable String address,
      long fromMicros,
      long toMicros) {

    public Question {
      if (account == null && actor == null && address == null) {
        throw new IllegalArgumentException("a question names an account, an actor or an address");
      }
    }
  }

  /**
   * Some of the events.
   *
   * @param events in order of time
   * @param next where to go on, or null when these were the last
   */
  public record Page(List<SealedRecord> events, @Nullable Place next) {}

  /**
   * A page of events. Pages are ordered by month; within a month by time, or, of an actor or an
   * address, as the index has them; the events of one page are in order of time.
   *
   * @param after where the last page ended, or null
   * @param limit most events of the page, at least 1
   * @throws vellum.core.record.BadRecord when the actor can be nobody
   */
  public Page find(Question question, @Nullable Place after, int limit) {
    List<SealedRecord> found = new ArrayList<>();
    for (MonthId month : store.months()) {
      boolean wanted =
          found.size() <= limit
              && isOf(month, question)
              && (after == null || month.compareTo(after.month()) >= 0);
      Optional<MonthKey> key = wanted ? keys.existing(month) : Optional.empty();
      if (key.isPresent()) {
        byte[] behind = after != null && after.month().equals(month) ? after.key() : null;
        fill(found, question, key.get(), behind, limit + 1);
      }
    }
    boolean more = found.size() > limit;
    List<SealedRecord> page = new ArrayList<>(more ? found.subList(0, limit) : found);
    Place next = more ? new Place(page.get(limit - 1).month(), page.get(limit - 1).key()) : null;
    page.sort(Comparator.comparingLong(SealedRecord::startedAtMicros));
    return new Page(page, next);
  }

  private boolean isOf(MonthId month, Question question) {
    return month.kind() == MonthId.Kind.USAGE
        && calendar.start(month).getEpochSecond() * MICROS < question.toMicros()
        && calendar.end(month).getEpochSecond() * MICROS > question.fromMicros();
  }

  private void fill(
      List<SealedRecord> found,
      Question question,
      MonthKey key,
      byte @Nullable [] after,
      int most) {
    Optional<RecordStore.Hold> held = store.holdExisting(key.month());
    if (held.isEmpty()) {
      return;
    }
    try (RecordStore.Hold hold = held.get()) {
      MonthCipher cipher = key.newCipher();
      UsageMatch match = new UsageMatch(question, cipher);
      if (!(hold.month() instanceof LiveMonth month)) {
        throw new IllegalStateException(key.month() + " is never archived");
      }
      if (question.actor() != null || question.address() != null) {
        try (SubjectScan scan = month.subjects(pseudonym(question, cipher), cipher)) {
          if (after != null) {
            scan.seekBehind(after);
          }
          match.fill(found, scan::next, most);
        }
      } else {
        fillByTime(found, question, month, match, after, most);
      }
    } catch (CryptoException.KeyDestroyed e) {
      // The month ended meanwhile: what it had is not there any more.
      found.removeIf(event -> event.month().equals(key.month()));
    }
  }

  private static void fillByTime(
      List<SealedRecord> found,
      Question question,
      LiveMonth month,
      UsageMatch match,
      byte @Nullable [] after,
      int most) {
    AccountId account = Objects.requireNonNull(question.account());
    int part = account.keyPart();
    long fromMillis = Math.max(0, question.fromMicros()) / 1000;
    byte[] from =
        after == null
            ? RecordKey.lowerBound(RecordKey.bucket(fromMillis), part, fromMillis << 16, 0)
            : Arrays.copyOf(after, after.length + 1);
    int lastBucket = RecordKey.bucket(Math.max(0, question.toMicros() - 1) / 1000);
    try (AccountKeys keys = new AccountKeys(month.scanRecords(from), account, lastBucket)) {
      match.fill(
          found,
          () -> {
            byte[] key = keys.next();
            boolean ended =
                key.length == 0 || RecordKey.millis(key, 0) * 1000 >= question.toMicros();
            return ended ? null : new SealedRecord(month.month(), key, keys.row());
          },
          most);
    }
  }

  private static byte[] pseudonym(Question question, MonthCipher cipher) {
    byte[] pseudonym = new byte[MonthCipher.PSEUDONYM_BYTES];
    String actor = question.actor();
    if (actor != null) {
      byte[] text = actor.getBytes(StandardCharsets.UTF_8);
      CanonicalIdentity identity = new CanonicalIdentity().read(0, text, 0, text.length);
      cipher.pseudonym(
          identity.identityClass(), identity.bytes(), 0, identity.length(), pseudonym, 0);
    } else if (question.address() != null) {
      byte[] address = question.address().getBytes(StandardCharsets.US_ASCII);
      cipher.pseudonym(IdentityClass.OTHER, address, 0, address.length, pseudonym, 0);
    }
    return pseudonym;
  }
}
