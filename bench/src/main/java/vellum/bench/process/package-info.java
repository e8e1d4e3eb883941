/**
 * Processes that measure: what they use of the machine, how long things take, and what must not
 * outlive them.
 */
@NullMarked
package vellum.bench.process;

import org.jspecify.annotations.NullMarked;
