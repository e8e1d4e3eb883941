/**
 * The composition root: reads the configuration, checks the machine, opens every part in order,
 * gives them threads, and closes them in reverse. The only package that starts threads.
 */
@NullMarked
package vellum.ingest.node;

import org.jspecify.annotations.NullMarked;
