package vellum.core.settlement;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import vellum.core.billing.BillingDay;
import vellum.core.billing.Party;
import vellum.core.billing.Posting;
import vellum.core.record.RecordKey;
import vellum.core.record.UtcOffset;
import vellum.core.store.Row;
import vellum.core.strip.ArchiveKey;

/**
 * When the first and the last record of a bill started, worked out as a {@link Bill} is: of the
 * rows as they are now, without what adjustments brought that stand elsewhere, and with what they
 * took away. Whole seconds, as archived records have no more. For one thread.
 */
final class BillSpan {

  private static final long DAY_SECONDS = 86_400;

  private final Bill bill;
  private final int fromDay;
  private final int toDay;

  /** By how many a record counts more often now than it does on the bill. */
  private final Map<byte[], Long> elsewhere = new TreeMap<>(Bill.BYTES);

  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private long here;
  private int firstBucket;
  private int lastBucket;

  BillSpan(Bill bill) {
    this.bill = bill;
    this.fromDay = BillingDay.first(bill.period());
    this.toDay = BillingDay.end(bill.period());
  }

  Party party() {
    return bill.party();
  }

  /** Takes an adjustment of the period that does not stand on the bill. */
  void without(Posting posting) {
    long count = posting.delta().count().value().longValueExact();
    elsewhere.merge(posting.recordKey(), count, Long::sum);
  }

  /**
   * Begins when the bill is complete: with the records that left it since.
   *
   * @return whether there is anything to be found
   */
  boolean begin() {
    BillLines.Days days = bill.days();
    if (days.isEmpty()) {
      return false;
    }
    firstBucket = bucket(days.first() * DAY_SECONDS - UtcOffset.WIDEST_SECONDS);
    lastBucket = bucket((days.last() + 1) * DAY_SECONDS + UtcOffset.WIDEST_SECONDS);
    elsewhere.forEach(
        (key, count) -> {
          if (count < 0) {
            add(second(key));
          }
        });
    return true;
  }

  private static long second(byte[] recordKey) {
    return recordKey.length == RecordKey.BYTES
        ? RecordKey.millis(recordKey, 0) / 1000
        : ArchiveKey.second(recordKey, 0);
  }

  /** Counts a cell of the row at hand, which is of the party. */
  void cell(byte[] keys, int offset) {
    int day = Party.dayOfCell(keys, offset);
    here += day >= fromDay && day < toDay ? 1 : 0;
  }

  /** Ends the row at hand. */
  void end(Row row, long second) {
    long now = here;
    here = 0;
    if (now == 0) {
      return;
    }
    if (!elsewhere.isEmpty()) {
      byte[] key = Arrays.copyOf(row.key(), row.keyLength());
      now -= elsewhere.getOrDefault(key, 0L);
    }
    if (now > 0) {
      add(second);
    }
  }

  private void add(long second) {
    first = Math.min(first, second);
    last = Math.max(last, second);
  }

  /** The first bucket that a record of the bill can be in. */
  int firstBucket() {
    return firstBucket;
  }

  /** The last one. */
  int lastBucket() {
    return lastBucket;
  }

  /** Whether no record of a later bucket can be earlier than the first one that was found. */
  boolean hasFirst(int bucket) {
    return bucket >= lastBucket || first != Long.MAX_VALUE && bucket(first) <= bucket;
  }

  /** Whether no record of an earlier bucket can be later than the last one that was found. */
  boolean hasLast(int bucket) {
    return bucket <= firstBucket || last != Long.MIN_VALUE && bucket(last) >= bucket;
  }

  private static int bucket(long second) {
    return RecordKey.bucket(Math.max(0, second) * 1000);
  }

  /** What was found. */
  Closing.Times times() {
    return first == Long.MAX_VALUE
        ? Closing.Times.NONE
        : new Closing.Times(
            Instant.ofEpochSecond(first).toString(), Instant.ofEpochSecond(last).toString());
  }
}
