/** How fast records are exported. */
@NullMarked
package vellum.bench.export;

import org.jspecify.annotations.NullMarked;
