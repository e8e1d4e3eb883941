/**
 * What a row comes to: amounts, exact sums, the cells of the sale and the cost cube. Pure: knows no
 * store and no journal.
 */
@NullMarked
package vellum.core.billing;

import org.jspecify.annotations.NullMarked;
