package vellum.core.period;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Party;
import vellum.core.billing.Posting;
import vellum.core.billing.PostingKey;
import vellum.core.billing.PostingRow;
import vellum.core.record.Bytes;
import vellum.core.store.Scan;
import vellum.core.store.Store;

/** Postings of a month in the order of their keys. Not thread-safe; to be closed. */
public final class PostingScan implements AutoCloseable {

  private final Scan scan;

  /** Whose postings alone are wanted, with what is not skipped over; null for all. */
  private final @Nullable Party party;

  /** Where the rows are, when only their keys are scanned. */
  private final @Nullable Store rows;

  private @Nullable Posting posting;

  PostingScan(Scan scan, @Nullable Party party) {
    this(scan, party, null);
  }

  private PostingScan(Scan scan, @Nullable Party party, @Nullable Store rows) {
    this.scan = scan;
    this.party = party;
    this.rows = rows;
  }

  /** What was noted behind one journal sequence and up to another. */
  static PostingScan ofNotes(Store store, long behind, long upTo) {
    byte[] from = new byte[Long.BYTES];
    byte[] to = new byte[Long.BYTES];
    Bytes.putLong(from, 0, behind + 1);
    Bytes.putLong(to, 0, upTo + 1);
    return new PostingScan(store.scan(MonthTables.POSTED, from, to), null, store);
  }

  /** Moves to the next posting; false at the end. */
  public boolean next() {
    while (scan.next()) {
      byte[] key = scan.key();
      if (party == null || isOfParty(key, party)) {
        posting = rows == null ? PostingRow.read(key, scan.value()) : noted(key, rows);
        return true;
      }
    }
    return false;
  }

  /** Whether a key is the party's; goes to where its next ones may be when it is not. */
  private boolean isOfParty(byte[] key, Party wanted) {
    byte[] own =
        PostingKey.lowerBound(
            Posting.Kind.ADJUSTMENT, wanted.cube(), PostingKey.to(key), wanted.id());
    int order = Arrays.compareUnsigned(key, 0, Math.min(key.length, own.length), own, 0, own.length);
    if (order != 0) {
      scan.seek(
          order < 0
              ? own
              : PostingKey.lowerBound(
                  Posting.Kind.ADJUSTMENT,
                  wanted.cube(),
                  PostingKey.to(key).plusMonths(1),
                  wanted.id()));
    }
    return order == 0;
  }

  private static Posting noted(byte[] note, Store store) {
    byte[] key = Arrays.copyOfRange(note, Long.BYTES, note.length);
    byte[] row = store.get(MonthTables.POSTINGS, key);
    return PostingRow.read(key, Objects.requireNonNull(row, "what was noted is posted"));
  }

  /** The posting at hand. */
  public Posting posting() {
    return Objects.requireNonNull(posting, "next() comes first");
  }

  @Override
  public void close() {
    scan.close();
  }
}
