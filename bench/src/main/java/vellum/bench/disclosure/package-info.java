/** How fast packages of disclosed records are made. */
@NullMarked
package vellum.bench.disclosure;

import org.jspecify.annotations.NullMarked;
