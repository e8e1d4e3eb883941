/**
 * Messages that only their receiver opens: CMS envelopes (RFC 5083, RFC 5652) for an agency's
 * certificate or a passphrase, and time stamps of what was signed (RFC 3161).
 */
@NullMarked
package vellum.core.envelope;

import org.jspecify.annotations.NullMarked;
