package vellum.core.export;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.CellFilter;
import vellum.core.billing.RowMatch;
import vellum.core.record.AccountId;
import vellum.core.record.Bytes;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.seal.RowReader;
import vellum.core.store.Row;

/**
 * Records of some days, by month and key, as they were at one journal position. What is sealed in a
 * row is never looked at. Used by one thread at a time.
 *
 * <p>A place is {@code 2026-10.default/<hex digits of the key>}.
 */
final class RecordSource implements RowSource {

  private static final int PERMILLE = 1000;
  private static final long MICROS = 1_000_000;

  private final RecordQuery query;
  private final long position;
  private final List<SnapshotMonth> months;
  private final List<Mark> marks;
  private final int firstBucket;
  private final int lastBucket;
  private final int accountPart;
  private final byte[] accountText;
  private final RecordRows rows = new RecordRows();
  private final Row row = new Row();
  private final boolean ofOneAccount;
  private final @Nullable RowMatch match;
  private int current;
  private boolean isOpen = true;

  /**
   * @param months in their order, each with a scan of the same moment
   */
  RecordSource(RecordQuery query, long position, List<SnapshotMonth> months) {
    this.query = query;
    this.position = position;
    this.months = List.copyOf(months);
    this.marks = months.stream().map(SnapshotMonth::mark).toList();
    this.firstBucket = firstBucket(query);
    this.lastBucket = RecordKey.bucket(query.endMillis() - 1);
    CellFilter cells = query.cells();
    this.match = cells == null ? null : new RowMatch(cells);
    AccountId of = query.account();
    this.ofOneAccount = of != null;
    this.accountPart = of == null ? 0 : of.keyPart();
    this.accountText = of == null ? new byte[0] : of.value().getBytes(StandardCharsets.UTF_8);
  }

  /** First bucket of keys that a record of the days may have. */
  static int firstBucket(RecordQuery query) {
    return RecordKey.bucket(Math.max(0, query.firstMillis()));
  }

  @Override
  public List<Column> columns() {
    return RecordColumns.ALL.columns();
  }

  @Override
  public Control control() {
    return Control.ofRecords();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public List<Mark> marks() {
    return marks;
  }

  @Override
  public void goBehind(String place) {
    int slash = place.indexOf('/');
    MonthId month;
    byte[] key;
    try {
      month = MonthId.parse(place.substring(0, Math.max(0, slash)));
      key = HexFormat.of().parseHex(place, slash + 1, place.length());
    } catch (IllegalArgumentException e) {
      throw new ExportException.BadRequest("the place to go on behind is none of an export");
    }
    while (current < months.size() && months.get(current).mark().month().compareTo(month) < 0) {
      leave();
    }
    if (current < months.size() && months.get(current).mark().month().equals(month)) {
      // The next key of all.
      months.get(current).scan().seek(Arrays.copyOf(key, key.length + 1));
    }
  }

  @Override
  public boolean next(Cells cells) {
    while (current < months.size()) {
      if (nextInMonth()) {
        rows.fill(row.key(), cells);
        cells.at(months.get(current).mark().month(), row.key(), row.keyLength());
        return true;
      }
      leave();
    }
    return false;
  }

  /** Moves to the next row of the month that is wanted. */
  private boolean nextInMonth() {
    var scan = months.get(current).scan();
    while (scan.next(row)) {
      int bucket = Bytes.getInt(row.key(), RecordKey.BUCKET_OFFSET);
      if (Integer.compareUnsigned(bucket, lastBucket) > 0) {
        return false;
      }
      byte[] elsewhere = ofOneAccount ? elsewhere(bucket) : null;
      if (elsewhere != null) {
        scan.seek(elsewhere);
      } else if (isWanted()) {
        return true;
      }
    }
    return false;
  }

  /** Where the account's next row may be when this row has another account. */
  private byte @Nullable [] elsewhere(int bucket) {
    int order =
        Integer.compareUnsigned(Bytes.getInt(row.key(), RecordKey.ACCOUNT_OFFSET), accountPart);
    if (order == 0) {
      return null;
    }
    byte[] key = new byte[RecordKey.ID_OFFSET];
    Bytes.putInt(key, RecordKey.BUCKET_OFFSET, order > 0 ? bucket + 1 : bucket);
    Bytes.putInt(key, RecordKey.ACCOUNT_OFFSET, accountPart);
    return key;
  }

  private boolean isWanted() {
    RowReader header = rows.header(row.key(), row.value(), row.valueLength());
    if (match == null && !query.has(rows.billingDay())) {
      return false;
    }
    if (ofOneAccount && !isOfAccount(header)) {
      return false;
    }
    return match == null
        || match.matches(row.value(), row.valueLength(), rows.startedAt() / MICROS);
  }

  private boolean isOfAccount(RowReader header) {
    int start = header.accountOffset();
    int end = start + header.accountLength();
    return Arrays.equals(header.bytes(), start, end, accountText, 0, accountText.length);
  }

  @Override
  public String place(Cells cells) {
    return cells.of() + "/" + HexFormat.of().formatHex(cells.key(), 0, cells.keyLength());
  }

  @Override
  public long rowsAtMost() {
    return ofOneAccount || match != null ? 0 : marks.stream().mapToLong(Mark::records).sum();
  }

  @Override
  public int permille() {
    if (current >= months.size()) {
      return PERMILLE;
    }
    long span = Math.max(1, (lastBucket & 0xFFFF_FFFFL) - firstBucket + 1);
    long gone =
        row.keyLength() == 0
            ? 0
            : Bytes.getInt(row.key(), RecordKey.BUCKET_OFFSET) - (long) firstBucket;
    // Months overlap in time only at their ends and in classes: each is taken for its share.
    long ofMonth = Math.min(span, Math.max(0, gone)) * PERMILLE / span;
    return (int) Math.max(ofMonth / months.size(), (long) current * PERMILLE / months.size());
  }

  @Override
  public String ended() {
    for (SnapshotMonth month : months) {
      if (!month.isOwned()) {
        return month.mark().month() + " was stripped or has expired meanwhile";
      }
    }
    return "";
  }

  private void leave() {
    months.get(current).close();
    current++;
  }

  @Override
  public void close() {
    if (isOpen) {
      isOpen = false;
      months.forEach(SnapshotMonth::close);
    }
  }
}
