/**
 * The records of a case's scope, wherever they are kept: live months, the vaults of holds,
 * archives, the usage log; and what is kept no longer, by which rule. Who may ask is not judged
 * here.
 */
@NullMarked
package vellum.core.search;

import org.jspecify.annotations.NullMarked;
