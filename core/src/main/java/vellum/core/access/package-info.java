/**
 * Who may do what: roles, tokens and the names in certificates. Tokens are kept as hashes; nothing
 * here can show one.
 */
@NullMarked
package vellum.core.access;

import org.jspecify.annotations.NullMarked;
