/** What a stripped month takes on disk, field by field, and how fast it is made. */
@NullMarked
package vellum.bench.archive;

import org.jspecify.annotations.NullMarked;
