/**
 * The local HTTP interface: look-ups, accounts, status. Thin handlers over the finder and the
 * registry; every request proves itself by the token, none is logged.
 */
@NullMarked
package vellum.ingest.api;

import org.jspecify.annotations.NullMarked;
