/**
 * Exports: rows without identities as CSV, NDJSON and Parquet, part after part, of one moment. What
 * a row may hold is an allowlist of columns; a field that is not routing or billing cannot get into
 * it.
 */
@NullMarked
package vellum.core.export;

import org.jspecify.annotations.NullMarked;
