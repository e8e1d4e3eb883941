package vellum.core.period;

import java.util.List;
import vellum.core.record.RecordKey;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/** The tables of a live month. Names are on disk. */
final class MonthTables {

  /** Record key → row. */
  static final Table RECORDS = new Table("records", RecordKey.BYTES, Shape.TIME_ORDERED);

  /** {@link SubjectKey} → nothing. */
  static final Table SUBJECTS = new Table("subjects", SubjectKey.BYTES, Shape.HASHED);

  /** {@link SuspenseKey} → code and row of what conflicts with a record that is there. */
  static final Table SUSPENSE = new Table("suspense", SuspenseKey.BYTES, Shape.SMALL);

  /** The month's {@link MonthState}. Totals get their table beside it. */
  static final Table META = new Table("meta", 0, Shape.SMALL);

  static final List<Table> ALL = List.of(RECORDS, SUBJECTS, SUSPENSE, META);

  private MonthTables() {}
}
