/**
 * Reads files of records into {@link vellum.v1.DetailRecord}s: our own NDJSON and CSV, and the
 * reports of messaging providers. A file is read once, in constant memory; a row that cannot be
 * mapped becomes a {@link vellum.ingest.importer.Row.Bad} with its line, field and reason, and
 * stops nothing. Names no value in any message: the rows themselves go only to the rejects file.
 */
@NullMarked
package vellum.ingest.importer;

import org.jspecify.annotations.NullMarked;
