/**
 * How long what is kept: retention classes read from {@code config/retention.yaml}, the calendar
 * that follows from them, the versions that were accepted, and what a change would do.
 */
@NullMarked
package vellum.core.policy;

import org.jspecify.annotations.NullMarked;
