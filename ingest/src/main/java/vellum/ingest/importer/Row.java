package vellum.ingest.importer;

import vellum.v1.DetailRecord;
import vellum.v1.UsageRecord;

/**
 * One row of an import file: mapped to a record, or bad. Immutable. {@code toString} shows no
 * value.
 */
public sealed interface Row {

  /** Line of the file on which the row begins, from 1. */
  long line();

  /** The row as the file has it, for the rejects file: holds clear identities. */
  String raw();

  /** A row that became a record. */
  record Mapped(long line, String raw, DetailRecord record) implements Row {
    @Override
    public String toString() {
      return "Mapped[line=" + line + "]";
    }
  }

  /** A row that became an event of the usage log. */
  record Usage(long line, String raw, UsageRecord event) implements Row {
    @Override
    public String toString() {
      return "Usage[line=" + line + "]";
    }
  }

  /**
   * A row that did not.
   *
   * @param field name of the field at fault, as the format calls it; empty when it is the row
   * @param reason for people; names bounds, never a value
   */
  record Bad(long line, String raw, BadRowCode code, String field, String reason) implements Row {
    @Override
    public String toString() {
      return "Bad[line=" + line + ", code=" + code + ", field=" + field + ": " + reason + "]";
    }
  }
}
