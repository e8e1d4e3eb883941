/** What processes use of the machine, for all programs that measure. */
@NullMarked
package vellum.bench.process;

import org.jspecify.annotations.NullMarked;
