/**
 * Typed tables in one directory, written in atomic batches and flushed together: the narrow port
 * behind which RocksDB stands. No other package sees an engine's type.
 */
@NullMarked
package vellum.core.store;

import org.jspecify.annotations.NullMarked;
