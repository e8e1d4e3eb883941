/** What the cubes of billing cost the applier: the same traffic applied with them and without. */
@NullMarked
package vellum.bench.totals;

import org.jspecify.annotations.NullMarked;
