/**
 * Bills and settlements out of the cubes: totals over all months, by any of their dimensions;
 * periods that are closed and reopened, statements that can be made again byte for byte, postings
 * by hand.
 */
@NullMarked
package vellum.core.settlement;

import org.jspecify.annotations.NullMarked;
