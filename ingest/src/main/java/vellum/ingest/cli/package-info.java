/**
 * The command {@code vellum}: nouns, then verbs. Data goes to standard output, everything else to
 * standard error; a failure is one line that says what to do next, and an {@link
 * vellum.ingest.cli.ExitCode}.
 */
@NullMarked
package vellum.ingest.cli;

import org.jspecify.annotations.NullMarked;
