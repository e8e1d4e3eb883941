/**
 * From the journal to the live months, exactly once: resolves duplicates, merges aspects, writes
 * records and subject index with their position, and keeps the floor below which the journal may
 * go.
 */
@NullMarked
package vellum.core.apply;

import org.jspecify.annotations.NullMarked;
