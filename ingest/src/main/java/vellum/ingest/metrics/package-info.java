/**
 * What is measured of a node: figures of its parts, sampled every second by one thread and handed
 * out as Prometheus asks for them. Labels are codes, stages and routes, never an account or a
 * person.
 */
@NullMarked
package vellum.ingest.metrics;

import org.jspecify.annotations.NullMarked;
