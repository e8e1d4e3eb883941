/** A real server in a process of its own, under sustained load. */
@NullMarked
package vellum.bench.load;

import org.jspecify.annotations.NullMarked;
