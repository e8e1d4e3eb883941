package vellum.ingest.importer;

import vellum.v1.DetailRecord;

/** Makes a record of a provider's row. Thread-safe. */
interface RowMapper {

  /** The record, or a {@link BadRow}. */
  DetailRecord map(Fields fields);
}
