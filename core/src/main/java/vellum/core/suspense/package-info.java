/**
 * Records that could not be processed: listed, corrected and recycled, or written off. What changes
 * suspense goes through the journal, so that a replay agrees.
 */
@NullMarked
package vellum.core.suspense;

import org.jspecify.annotations.NullMarked;
