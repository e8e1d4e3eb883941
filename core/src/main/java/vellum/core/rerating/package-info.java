/**
 * Other prices for records that are rated already: a file of rates, what they change, and the run
 * that brings them into the months as new versions of the rating aspect, by way of the journal.
 */
@NullMarked
package vellum.core.rerating;

import org.jspecify.annotations.NullMarked;
