package vellum.core.retention;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import vellum.core.apply.ChangeCopy;
import vellum.core.billing.Measures;
import vellum.core.billing.Posting;
import vellum.core.billing.PostingKey;
import vellum.core.billing.PostingRow;
import vellum.core.period.ArchiveDraft;
import vellum.core.period.LiveMonth;
import vellum.core.period.PostingScan;
import vellum.core.strip.RowStripper;

/**
 * The postings of a month on their way into its archive: all of them, under the archive's keys of
 * their records, and read back. Not thread-safe; to be closed.
 */
final class PostedCopy implements AutoCloseable {

  private final LiveMonth live;
  private final ArchiveDraft draft;
  private final RowStripper stripper;
  private final PostingScan scan;
  private final Tally tally = new Tally();
  private final Tally readTally = new Tally();
  private @Nullable PostingScan there;

  /** What postings come to: equal ones make an equal text. */
  private static final class Tally {
    private final CRC32C sums = new CRC32C();
    private final Measures deltas = new Measures();
    private long count;

    void add(Posting posting) {
      count++;
      deltas.add(posting.delta());
      sums.update(ByteBuffer.wrap(PostingKey.of(posting)));
      sums.update(ByteBuffer.wrap(PostingRow.of(posting)));
    }

    @Override
    public String toString() {
      return count + " of " + deltas + " with the checksum " + Long.toHexString(sums.getValue());
    }
  }

  /** Begins with a snapshot of the live month, and a draft without postings. */
  PostedCopy(LiveMonth live, ArchiveDraft draft, RowStripper stripper) {
    draft.forgetPostings();
    this.live = live;
    this.draft = draft;
    this.stripper = stripper;
    this.scan = live.postings().all();
  }

  /** Copies some; true when that was all. */
  boolean copy(int most) {
    for (int i = 0; i < most; i++) {
      if (!scan.next()) {
        return true;
      }
      Posting posting = ChangeCopy.strip(live, scan.posting(), stripper);
      draft.post(posting);
      tally.add(posting);
    }
    return false;
  }

  /** What was copied, in words. */
  String written() {
    return tally.toString();
  }

  /** Reads back some of what the archive has; true when that was all. */
  boolean readBack(int most) {
    PostingScan back = there == null ? draft.scanPostings() : there;
    there = back;
    for (int i = 0; i < most; i++) {
      if (!back.next()) {
        return true;
      }
      readTally.add(back.posting());
    }
    return false;
  }

  /** What was read back, in words. */
  String read() {
    return readTally.toString();
  }

  @Override
  public void close() {
    scan.close();
    if (there != null) {
      there.close();
    }
  }
}
