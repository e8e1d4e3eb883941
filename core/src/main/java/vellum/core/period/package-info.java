/**
 * Retention periods as directories: live months, one directory and one store each, opened and
 * closed as needed, and the catalog that says which there are.
 */
@NullMarked
package vellum.core.period;

import org.jspecify.annotations.NullMarked;
