/**
 * From clear to sealed: validates a record, copies what the schema's options allow, and seals the
 * rest. Only this package makes {@link vellum.core.seal.SealedBatch sealed batches}, and journal
 * and stores take nothing else.
 */
@NullMarked
package vellum.core.seal;

import org.jspecify.annotations.NullMarked;
