/** The strip of a whole month by a real node: how long each part takes, and what ingest loses. */
@NullMarked
package vellum.bench.strip;

import org.jspecify.annotations.NullMarked;
