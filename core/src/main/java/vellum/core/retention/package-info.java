/**
 * The end of periods: keys destroyed at their deadlines, months rewritten without identities, years
 * removed, each with its evidence and one signed certificate.
 */
@NullMarked
package vellum.core.retention;

import org.jspecify.annotations.NullMarked;
