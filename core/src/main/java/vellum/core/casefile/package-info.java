/**
 * Case files: holds, orders and requests of data subjects, as sealed documents. Each case has a key
 * of its own, so that what a case holds of people ends with it. Who may read a case is decided by
 * the package that it belongs to; here is only that a stolen control store says nothing of it.
 */
@NullMarked
package vellum.core.casefile;

import org.jspecify.annotations.NullMarked;
