/** What Vellum costs, measured: {@code vellum bench micro} and {@code vellum bench load}. */
@NullMarked
package vellum.bench;

import org.jspecify.annotations.NullMarked;
