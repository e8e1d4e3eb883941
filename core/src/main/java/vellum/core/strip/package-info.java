/**
 * What is left of a record once its identities are gone: sealed rows become stripped rows, field by
 * field as a profile says, under keys that no id outside of the archive matches.
 */
@NullMarked
package vellum.core.strip;

import org.jspecify.annotations.NullMarked;
