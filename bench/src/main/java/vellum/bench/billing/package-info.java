/** What totals cost to be asked for: months of cells, questions, how they grow. */
@NullMarked
package vellum.bench.billing;

import org.jspecify.annotations.NullMarked;
