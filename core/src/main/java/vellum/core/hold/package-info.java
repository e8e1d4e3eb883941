/**
 * Holds: identities that are kept beyond their deadline because a court, an authority or a dispute
 * asks for it. What a hold keeps lies in a vault of its own, under a key of its own, and ends with
 * it. A secret hold is there for those only who have the role of disclosure themselves.
 */
@NullMarked
package vellum.core.hold;

import org.jspecify.annotations.NullMarked;
