/**
 * The search of a data directory for numbers and addresses that must not be there: every byte of
 * every file in every {@link vellum.ingest.scan.ByteForm}, and every row of every store, whose
 * files are compressed. Findings name a value by its line in the file of values, never itself.
 */
@NullMarked
package vellum.ingest.scan;

import org.jspecify.annotations.NullMarked;
