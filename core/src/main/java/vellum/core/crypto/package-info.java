/**
 * Keys and what is done under them: one secret a month, wrapped by a key-encryption key, and the
 * ciphers that seal identities, make pseudonyms and hide references under its sub-keys. Destroying
 * a month's key is how identities end. Knows no record, no journal and no store.
 */
@NullMarked
package vellum.core.crypto;

import org.jspecify.annotations.NullMarked;
