/** How long it takes to find somebody's records, for an order or a person's own request. */
@NullMarked
package vellum.bench.find;

import org.jspecify.annotations.NullMarked;
