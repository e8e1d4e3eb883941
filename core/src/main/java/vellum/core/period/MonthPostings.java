package vellum.core.period;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.billing.Posting;
import vellum.core.billing.PostingKey;
import vellum.core.store.Scan;
import vellum.core.store.Store;

/** The postings that the messages of one month's records made. Thread-safe. */
public final class MonthPostings {

  private static final byte[] FIRST = {0};
  private static final YearMonth LAST = YearMonth.of(9999, 12);

  private final Store store;

  MonthPostings(Store store) {
    this.store = store;
  }

  /**
   * Postings to one period, as of now; to be closed.
   *
   * @param party whose; null for those of all in the cube
   * @param after key of a posting behind which to go on; null for all
   */
  public PostingScan to(
      Posting.Kind kind, Cube cube, YearMonth to, @Nullable String party, byte @Nullable [] after) {
    byte[] all = PostingKey.lowerBound(kind, cube, to, party);
    byte[] from = PostingKey.from(all, after);
    return new PostingScan(scan(from, PostingKey.behind(all)), null);
  }

  /** Adjustments of one party to a period or a later one, as of now; to be closed. */
  public PostingScan adjustmentsFrom(Party party, YearMonth to) {
    byte[] from = PostingKey.lowerBound(Posting.Kind.ADJUSTMENT, party.cube(), to, party.id());
    byte[] end = PostingKey.lowerBound(Posting.Kind.ADJUSTMENT, party.cube(), LAST, null);
    return new PostingScan(scan(from, end), party);
  }

  private Scan scan(byte[] from, byte[] to) {
    return store.scan(MonthTables.POSTINGS, from, to);
  }

  /** All postings in the order of their keys, as of now; to be closed. */
  public PostingScan all() {
    return new PostingScan(store.scanAll(MonthTables.POSTINGS, FIRST, MonthTables.END), null);
  }
}
