/** What many keys cost: made, wrapped anew, read at a start. */
@NullMarked
package vellum.bench.keys;

import org.jspecify.annotations.NullMarked;
