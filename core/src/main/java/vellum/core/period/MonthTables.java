package vellum.core.period;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import vellum.core.record.RecordKey;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;
import vellum.core.strip.ArchiveKey;

/** The tables of months, live and archived. Names are on disk. */
public final class MonthTables {

  /** Record key → row. */
  static final Table RECORDS = new Table("records", RecordKey.BYTES, Shape.TIME_ORDERED);

  /** {@link SubjectKey} → nothing. */
  static final Table SUBJECTS = new Table("subjects", SubjectKey.BYTES, Shape.HASHED);

  /** {@link SuspenseKey} → {@link SuspendedMessage}. */
  static final Table SUSPENSE =
      new Table("suspense", RecordKey.BYTES + SuspenseKey.ORIGIN_BYTES, Shape.SMALL);

  /** {@link #STATE} → the month's {@link MonthState}. */
  public static final Table META = new Table("meta", 0, Shape.SMALL);

  /**
   * Journal sequence, record key → nothing: what changed since the month's key was destroyed, and
   * is still to be carried over to the archive.
   */
  static final Table CHANGED = new Table("changed", Long.BYTES + RecordKey.BYTES, Shape.SMALL);

  /**
   * {@link vellum.core.billing.PostingKey} → {@link vellum.core.billing.PostingRow}: the same keys
   * in a live month and in an archived one.
   */
  public static final Table POSTINGS = new Table("postings", 0, Shape.SMALL);

  /**
   * Journal sequence, key of a posting → nothing: what was posted since the month's key was
   * destroyed, and is still to be carried over to the archive.
   */
  static final Table POSTED = new Table("posted", 0, Shape.SMALL);

  /** Key of a cell → its sums; see {@link MonthCells}. Of traffic. */
  public static final Table TOTALS = new Table("totals", 0, Shape.COUNTED);

  /**
   * The cells of {@link #TOTALS} summed by month: their days are the first of their months. Written
   * with them, and of their position.
   */
  public static final Table TOTALS_MONTH = new Table("totals-month", 0, Shape.COUNTED);

  public static final List<Table> LIVE =
      List.of(RECORDS, SUBJECTS, SUSPENSE, CHANGED, POSTINGS, POSTED, META, TOTALS, TOTALS_MONTH);

  /** {@link ArchiveKey} → stripped row. */
  public static final Table ARCHIVE_RECORDS =
      new Table("records", ArchiveKey.BYTES, Shape.TIME_ORDERED);

  /**
   * {@link ArchiveKey}, then sequence and place as in {@link SuspenseKey} → {@link
   * SuspendedMessage}.
   */
  public static final Table ARCHIVE_SUSPENSE =
      new Table("suspense", ArchiveKey.BYTES + SuspenseKey.ORIGIN_BYTES, Shape.SMALL);

  /** The tables of a month of an archive year. */
  public static final List<Table> ARCHIVE =
      List.of(ARCHIVE_RECORDS, ARCHIVE_SUSPENSE, POSTINGS, META, TOTALS, TOTALS_MONTH);

  private static final byte[] STATE = "state".getBytes(StandardCharsets.US_ASCII);

  /** Lies behind every key of every table of a month. */
  static final byte[] END = new byte[SUSPENSE.keyBytes() + 1];

  static {
    Arrays.fill(END, (byte) 0xFF);
  }

  /** Key in {@link #META} of the count of rows in suspense, eight bytes. */
  static final byte[] SUSPENDED = "suspended".getBytes(StandardCharsets.US_ASCII);

  /** Key in {@link #META}, of nothing: there when parts of a record were ever erased. */
  static final byte[] ERASURES = "erasures".getBytes(StandardCharsets.US_ASCII);

  private MonthTables() {}

  /** Key of the state in {@link #META}. */
  public static byte[] stateKey() {
    return STATE.clone();
  }
}
