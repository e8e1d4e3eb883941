/**
 * Packages of disclosed records: files that only their receiver opens, a signed manifest of what is
 * in them, and the check of both.
 */
@NullMarked
package vellum.core.disclosure;

import org.jspecify.annotations.NullMarked;
