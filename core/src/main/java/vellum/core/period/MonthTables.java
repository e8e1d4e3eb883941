package vellum.core.period;

import java.util.List;
import vellum.core.record.RecordKey;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;
import vellum.core.strip.ArchiveKey;

/** The tables of months, live and archived. Names are on disk. */
final class MonthTables {

  /** Record key → row. */
  static final Table RECORDS = new Table("records", RecordKey.BYTES, Shape.TIME_ORDERED);

  /** {@link SubjectKey} → nothing. */
  static final Table SUBJECTS = new Table("subjects", SubjectKey.BYTES, Shape.HASHED);

  /** {@link SuspenseKey} → code and row of what conflicts with a record that is there. */
  static final Table SUSPENSE = new Table("suspense", SuspenseKey.BYTES, Shape.SMALL);

  /** The month's {@link MonthState}. Totals get their table beside it. */
  static final Table META = new Table("meta", 0, Shape.SMALL);

  /**
   * Journal sequence, record key → nothing: what changed since the month's key was destroyed, and
   * is still to be carried over to the archive.
   */
  static final Table CHANGED = new Table("changed", Long.BYTES + RecordKey.BYTES, Shape.SMALL);

  static final List<Table> LIVE = List.of(RECORDS, SUBJECTS, SUSPENSE, CHANGED, META);

  /** {@link ArchiveKey} → stripped row. */
  static final Table ARCHIVE_RECORDS = new Table("records", ArchiveKey.BYTES, Shape.TIME_ORDERED);

  /** {@link ArchiveKey}, then sequence and place as in {@link SuspenseKey} → code, stripped row. */
  static final Table ARCHIVE_SUSPENSE =
      new Table("suspense", SuspenseKey.BYTES - RecordKey.BYTES + ArchiveKey.BYTES, Shape.SMALL);

  static final List<Table> ARCHIVE = List.of(ARCHIVE_RECORDS, ARCHIVE_SUSPENSE, META);

  private MonthTables() {}
}
