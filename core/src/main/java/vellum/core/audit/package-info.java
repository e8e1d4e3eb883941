/**
 * The audit trail: who did what, when and why. Entries are written before the answer that they are
 * about, one behind the other, each naming the hash of the one before it, and are the leaves of a
 * hash tree (RFC 6962) whose root is signed from time to time. No entry holds an identity or a
 * pseudonym: a person is named by the id of a case.
 */
@NullMarked
package vellum.core.audit;

import org.jspecify.annotations.NullMarked;
