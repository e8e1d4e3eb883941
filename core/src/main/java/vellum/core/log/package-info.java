/** The names of what is logged. Depends on nothing. */
@NullMarked
package vellum.core.log;

import org.jspecify.annotations.NullMarked;
