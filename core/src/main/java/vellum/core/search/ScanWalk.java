package vellum.core.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseScope;
import vellum.core.crypto.YearMac;
import vellum.core.period.FoundRecord;
import vellum.core.period.Place;
import vellum.core.period.RecordPage;
import vellum.core.period.RecordQuery;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.seal.RowFormat;
import vellum.core.seal.RowReader;
import vellum.core.seal.SealedRecord;
import vellum.core.store.Scan;
import vellum.core.strip.ArchiveKey;
import vellum.core.strip.StrippedOpener;
import vellum.core.strip.StrippedRecord;

/**
 * Walks through all records of accounts, or of all accounts, live and archived, and looks at each:
 * for scopes that no index finds. In place of a record without identities it gives a vault's copy
 * that has them; behind the months it gives what only vaults still have.
 */
final class ScanWalk implements ScopeWalk {

  private static final int MOST_READ = 100_000;

  private final SearchParts parts;
  private final CaseScope scope;
  private final Reach reach;
  private final ScopeMatch match;

  /** Whose records are walked through, one after the other; null means all accounts'. */
  private final List<Optional<AccountId>> accounts;

  private final Opening opening;
  private final StrippedOpener stripped = new StrippedOpener();
  private int account;
  private @Nullable Place place;

  /** Vaults that are behind, and where the next one stands. */
  private int vault = -1;

  private byte[] behind = new byte[0];

  ScanWalk(SearchParts parts, CaseScope scope, Reach reach, @Nullable SearchCursor cursor) {
    this.parts = parts;
    this.scope = scope;
    this.reach = reach;
    this.match = new ScopeMatch(scope);
    this.opening = new Opening(parts, reach.contents());
    this.accounts =
        scope.accounts().isEmpty()
            ? List.of(Optional.empty())
            : scope.accounts().stream().map(AccountId::of).map(Optional::of).toList();
    if (cursor != null && cursor.kind().equals(SearchCursor.SCAN)) {
      account = Math.min(cursor.number(0), accounts.size());
      place = new Place(cursor.period(1), cursor.key(2, ArchiveKey.BYTES));
    } else if (cursor != null) {
      account = accounts.size();
      MonthId at = cursor.period(0);
      vault = reach.vaults().headSet(at).size();
      boolean isThere = reach.vaults().contains(at);
      behind = isThere ? cursor.key(1, RecordKey.BYTES) : new byte[0];
    }
  }

  @Override
  public SearchPage next(int limit) {
    List<Found> found = new ArrayList<>();
    int read = 0;
    while (found.size() < limit && read < MOST_READ && account < accounts.size()) {
      read += addFromMonths(found, limit - found.size(), MOST_READ - read);
    }
    vault = Math.max(vault, 0);
    while (found.size() < limit
        && read < MOST_READ
        && account == accounts.size()
        && vault < reach.vaults().size()) {
      read += addFromVault(found, limit, MOST_READ - read);
    }
    return new SearchPage(found, cursor(), done());
  }

  private @Nullable String cursor() {
    Place at = place;
    if (account < accounts.size()) {
      byte[] key = at == null ? new byte[ArchiveKey.BYTES] : at.key();
      String month = at == null ? "2000-01.default" : at.month().toString();
      return SearchCursor.write(
          SearchCursor.SCAN, Integer.toString(account), month, SearchCursor.hex(key));
    }
    List<MonthId> vaults = List.copyOf(reach.vaults());
    if (vault >= vaults.size()) {
      return null;
    }
    byte[] key = behind.length == 0 ? new byte[RecordKey.BYTES] : behind;
    return SearchCursor.write(
        SearchCursor.VAULT, vaults.get(vault).toString(), SearchCursor.hex(key));
  }

  private double done() {
    if (account == accounts.size()) {
      return vault >= reach.vaults().size() ? 1 : 0.99;
    }
    Place at = place;
    double within = 0;
    if (at != null) {
      double from = scope.from().getEpochSecond();
      double second = ArchiveKey.second(at.key(), 0);
      within = (second - from) / Math.max(1, scope.to().getEpochSecond() - from);
    }
    return (account + Math.max(0, Math.min(1, within))) / accounts.size();
  }

  private int addFromMonths(List<Found> found, int limit, int mostRead) {
    long from = Math.max(0, match.fromMicros());
    long to = Math.max(from, match.toMicros());
    RecordQuery query =
        accounts
            .get(account)
            .map(one -> RecordQuery.of(one, from, to))
            .orElseGet(() -> RecordQuery.ofAll(from, to));
    RecordPage page = parts.finder().list(query, place, limit, mostRead);
    try (Vaults vaults = new Vaults(parts, reach, opening)) {
      for (FoundRecord one : page.records()) {
        add(one, vaults, found);
      }
    }
    Place next = page.next();
    place = next;
    account += next == null ? 1 : 0;
    return next == null ? page.records().size() : Math.max(1, page.records().size());
  }

  private void add(FoundRecord one, Vaults vaults, List<Found> found) {
    if (one instanceof FoundRecord.Sealed sealed) {
      SealedRecord record = sealed.record();
      if (match.mayBe(record.reader(), record.startedAtMicros(), 1)) {
        Found live = opening.open(record, Found.Place.LIVE);
        boolean isLess = !live.identified() || record.reader().format() == RowFormat.ERASED;
        Optional<Found> kept = isLess ? vaults.copyOf(record.key()) : Optional.empty();
        addIfWith(kept.orElse(live), record.key(), found);
      }
    } else {
      StrippedRecord record = ((FoundRecord.Stripped) one).record();
      if (match.mayBe(record.reader(), record.startedAtMicros(), ScopeMatch.SECOND)) {
        Optional<Found> kept = vaults.copyOf(record);
        if (kept.isPresent()) {
          addIfWith(kept.get(), kept.get().key(), found);
        } else if (match.isWith(stripped.open(record)) || isNamed(record)) {
          found.add(
              new Found(
                  record.month(), record.key(), Found.Place.ARCHIVE, false, stripped.open(record)));
        }
      }
    }
  }

  private void addIfWith(Found one, byte[] key, List<Found> found) {
    if (match.isNamed(key) || match.isWith(one.record())) {
      found.add(one);
    }
  }

  /** Whether an archived record is one whose id is named. */
  private boolean isNamed(StrippedRecord record) {
    List<UUID> ids = match.recordIds();
    if (ids.isEmpty()) {
      return false;
    }
    AccountId of = AccountId.of(record.reader().account());
    YearMac mac = parts.keys().key(record.month().year()).newYearMac();
    return ids.stream().anyMatch(id -> Arrays.equals(ArchiveKey.of(of, id, mac), record.key()));
  }

  /** Adds what a vault has and no month; moves on when it has no more. Returns what was read. */
  private int addFromVault(List<Found> found, int limit, int mostRead) {
    MonthId at = List.copyOf(reach.vaults()).get(vault);
    Optional<OpenPeriod> opened = OpenPeriod.vault(parts.vaults(), at, opening);
    int read = 0;
    boolean isOver = opened.isEmpty();
    if (opened.isPresent()) {
      try (OpenPeriod open = opened.get();
          Scan scan = open.month().scanRecords(Arrays.copyOf(behind, behind.length + 1))) {
        isOver = true;
        while (scan.next()) {
          if (found.size() == limit || read == mostRead) {
            isOver = false;
            break;
          }
          read++;
          behind = scan.key();
          addOnlyKept(new SealedRecord(at, behind, scan.value()), open, found);
        }
      }
    }
    if (isOver) {
      vault++;
      behind = new byte[0];
    }
    return Math.max(1, read);
  }

  private void addOnlyKept(SealedRecord record, OpenPeriod open, List<Found> found) {
    RowReader row = record.reader();
    if (!match.mayBe(row, record.startedAtMicros(), 1) || isElsewhere(record, row)) {
      return;
    }
    addIfWith(open.open(record), record.key(), found);
  }

  /** Whether a month has it, or a vault that came before. */
  private boolean isElsewhere(SealedRecord record, RowReader row) {
    for (FoundRecord one : parts.finder().find(record.id())) {
      RowReader other = new RowReader().over(one.row(), 0, one.row().length);
      if (other.account().equals(row.account())) {
        return true;
      }
    }
    for (MonthId earlier : reach.vaults().headSet(record.month())) {
      Optional<OpenPeriod> open = OpenPeriod.vault(parts.vaults(), earlier, opening);
      if (open.isPresent()) {
        try (OpenPeriod one = open.get()) {
          if (one.record(record.key()).isPresent()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** The vaults, open while a page is made, for copies of records that lack identities. */
  private record Vaults(SearchParts parts, List<OpenPeriod> open) implements AutoCloseable {

    Vaults(SearchParts parts, Reach reach, Opening opening) {
      this(parts, new ArrayList<>());
      for (MonthId one : reach.vaults()) {
        OpenPeriod.vault(parts.vaults(), one, opening).ifPresent(open::add);
      }
    }

    Optional<Found> copyOf(byte[] key) {
      for (OpenPeriod one : open) {
        Optional<Found> copy = one.record(key).map(record -> one.open(record));
        if (copy.isPresent() && copy.get().identified()) {
          return copy;
        }
      }
      return Optional.empty();
    }

    /** The copy whose archive key a stripped record has, from the records of its second. */
    Optional<Found> copyOf(StrippedRecord record) {
      if (open.isEmpty()) {
        return Optional.empty();
      }
      byte[] wanted = record.key();
      long second = ArchiveKey.second(wanted, 0);
      int bucket = Bytes.getInt(wanted, ArchiveKey.BUCKET_OFFSET);
      int part = Bytes.getInt(wanted, ArchiveKey.ACCOUNT_OFFSET);
      AccountId account = AccountId.of(record.reader().account());
      YearMac mac = parts.keys().key(record.month().year()).newYearMac();
      for (OpenPeriod one : open) {
        byte[] from = RecordKey.lowerBound(bucket, part, (second * 1000) << 16, 0);
        try (Scan scan = one.month().scanRecords(from)) {
          while (scan.next() && isOfSecond(scan.key(), wanted, second)) {
            byte[] key = scan.key();
            if (Arrays.equals(ArchiveKey.of(account, RecordKey.id(key, 0), mac), wanted)) {
              return Optional.of(one.open(new SealedRecord(one.id(), key, scan.value())));
            }
          }
        }
      }
      return Optional.empty();
    }

    private static boolean isOfSecond(byte[] key, byte[] wanted, long second) {
      return Arrays.equals(key, 0, RecordKey.ID_OFFSET, wanted, 0, ArchiveKey.SECOND_OFFSET)
          && RecordKey.millis(key, 0) / 1000 == second;
    }

    @Override
    public void close() {
      open.forEach(OpenPeriod::close);
    }
  }
}
