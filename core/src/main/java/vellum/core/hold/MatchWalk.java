package vellum.core.hold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.period.AccountKeys;
import vellum.core.period.LiveMonth;
import vellum.core.period.SubjectScan;
import vellum.core.record.AccountId;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.RecordKey;
import vellum.core.seal.PartyProof;
import vellum.core.seal.SealedRecord;

/**
 * A walk through a live month for the records of one hold: of each person by the index, of each
 * named record by its id; or, where no index finds them, through all records of the interval. In
 * pages, each bounded by what it finds and by what it reads. What a later submission made of a
 * record decides, not what was indexed once. Not thread-safe.
 */
final class MatchWalk {

  private static final int MOST_RECORDS = 256;
  private static final int MOST_BYTES = 64 << 10;
  private static final int MOST_READ = 20_000;

  private final VaultScope scope;
  private final MonthCipher cipher;
  private final Map<CanonicalIdentity, PartyProof> proofs = new HashMap<>();

  /**
   * Where the next page begins.
   *
   * @param way 0 for the walk through all; else number of the person, then of the record's id
   * @param behind key of the record behind which to go on; empty at the start
   */
  record Position(int way, byte[] behind) {

    static final Position START = new Position(0, new byte[0]);

    @Override
    public boolean equals(Object other) {
      return other instanceof Position that
          && way == that.way
          && Arrays.equals(behind, that.behind);
    }

    @Override
    public int hashCode() {
      return 31 * way + Arrays.hashCode(behind);
    }
  }

  /**
   * Some of the records.
   *
   * @param next null at the end
   */
  record Page(List<SealedRecord> records, @Nullable Position next) {}

  /**
   * @param cipher of the month
   */
  MatchWalk(VaultScope scope, MonthCipher cipher) {
    this.scope = scope;
    this.cipher = cipher;
  }

  /** The page from a position on; a record that is found in two ways comes twice. */
  Page next(LiveMonth month, Position from) {
    if (scope.needsScan()) {
      return scan(month, from);
    }
    int people = scope.people().size();
    int ways = people + scope.records().size();
    if (from.way >= ways) {
      return new Page(List.of(), null);
    }
    return from.way < people
        ? ofPerson(month, from, ways)
        : ofId(month, scope.records().get(from.way - people), from, ways);
  }

  private static @Nullable Position behind(int way, int ways) {
    return way + 1 < ways ? new Position(way + 1, new byte[0]) : null;
  }

  private Page ofId(LiveMonth month, UUID id, Position from, int ways) {
    List<SealedRecord> found = month.records(id).stream().filter(this::mayBe).toList();
    return new Page(found, behind(from.way, ways));
  }

  private Page ofPerson(LiveMonth month, Position from, int ways) {
    CanonicalIdentity person = scope.people().get(from.way);
    byte[] pseudonym = new byte[MonthCipher.PSEUDONYM_BYTES];
    cipher.pseudonym(person.identityClass(), person.bytes(), 0, person.length(), pseudonym, 0);
    Gathered gathered = new Gathered();
    try (SubjectScan scan = month.subjects(pseudonym, cipher)) {
      if (from.behind.length > 0) {
        scan.seekBehind(from.behind);
      }
      SealedRecord record = scan.next();
      while (record != null) {
        gathered.read(record, mayBe(record) && proof(person).isIn(record));
        if (gathered.isFull()) {
          return new Page(gathered.records, new Position(from.way, record.key()));
        }
        record = scan.next();
      }
    }
    return new Page(gathered.records, behind(from.way, ways));
  }

  private Page scan(LiveMonth month, Position from) {
    String only = scope.onlyAccount();
    AccountId account = only == null ? null : AccountId.of(only);
    Gathered gathered = new Gathered();
    try (AccountKeys keys =
        new AccountKeys(
            month.scanRecords(start(from, account)),
            account,
            RecordKey.bucket(scope.lastMillis()))) {
      byte[] key = keys.next();
      while (key.length > 0) {
        SealedRecord record = new SealedRecord(month.month(), key, keys.row());
        gathered.read(record, isMeant(record));
        if (gathered.isFull()) {
          return new Page(gathered.records, new Position(0, key));
        }
        key = keys.next();
      }
    }
    return new Page(gathered.records, null);
  }

  private byte[] start(Position from, @Nullable AccountId account) {
    if (from.behind.length > 0) {
      return Arrays.copyOf(from.behind, from.behind.length + 1);
    }
    int bucket = RecordKey.bucket(scope.fromMillis());
    return RecordKey.lowerBound(bucket, account == null ? 0 : account.keyPart(), 0, 0);
  }

  /** Whether a record of the month is of the hold. */
  boolean isMeant(SealedRecord record) {
    return mayBe(record) && isWith(record);
  }

  private boolean mayBe(SealedRecord record) {
    return scope.mayMatch(record.reader(), record.startedAtMicros());
  }

  private boolean isWith(SealedRecord record) {
    if (!scope.needsIdentity()) {
      return true;
    }
    UUID id = record.id();
    if (scope.matchesId(id.getMostSignificantBits(), id.getLeastSignificantBits())) {
      return true;
    }
    for (CanonicalIdentity one : scope.parties()) {
      if (proof(one).isIn(record)) {
        return true;
      }
    }
    return false;
  }

  private PartyProof proof(CanonicalIdentity party) {
    return proofs.computeIfAbsent(
        party, one -> new PartyProof(one.identityClass(), one.toArray(), cipher));
  }

  /** What was found and read of a page. */
  private static final class Gathered {
    private final List<SealedRecord> records = new ArrayList<>();
    private int bytes;
    private int read;

    void read(SealedRecord record, boolean isMeant) {
      read++;
      if (isMeant) {
        records.add(record);
        bytes += record.row().length;
      }
    }

    boolean isFull() {
      return records.size() >= MOST_RECORDS || bytes >= MOST_BYTES || read >= MOST_READ;
    }
  }
}
