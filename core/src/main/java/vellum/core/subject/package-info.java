/**
 * Requests of the people that records are about: access, portability, erasure, restriction,
 * objection, rectification. A desk of requests with deadlines and decisions, answers made within
 * the interval in which a person proved to have had a number, and the erasure of one person before
 * a month's own end.
 */
@NullMarked
package vellum.core.subject;

import org.jspecify.annotations.NullMarked;
