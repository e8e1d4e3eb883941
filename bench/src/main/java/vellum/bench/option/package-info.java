/** Options that the programs share the checks of. */
@NullMarked
package vellum.bench.option;

import org.jspecify.annotations.NullMarked;
