/**
 * Bills and settlements out of the cubes: totals over all months, by any of their dimensions. Reads
 * months, live and archived; changes nothing.
 */
@NullMarked
package vellum.core.settlement;

import org.jspecify.annotations.NullMarked;
