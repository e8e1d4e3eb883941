/**
 * The only durable log: sealed batches in the order in which they were taken, forced in groups,
 * tailed by the applier. Chronicle Queue stands behind the {@link vellum.core.journal.Journal}
 * port.
 */
@NullMarked
package vellum.core.journal;

import org.jspecify.annotations.NullMarked;
