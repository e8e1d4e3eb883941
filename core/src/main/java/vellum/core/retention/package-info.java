/**
 * The end of what is kept: when something is due, by which clock that may be decided, what was
 * erased and the certificate of it.
 */
@NullMarked
package vellum.core.retention;

import org.jspecify.annotations.NullMarked;
