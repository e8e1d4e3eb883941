/**
 * What people see: tables, figures, colours, progress. Data goes to standard output, everything
 * else to standard error. Knows nothing of records.
 */
@NullMarked
package vellum.ingest.terminal;

import org.jspecify.annotations.NullMarked;
