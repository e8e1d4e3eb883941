/**
 * Orders of authorities: entered by one person, approved by another, run over what is kept, handed
 * over as packages, and noted in the journal of disclosures. Packages themselves are made behind a
 * port.
 */
@NullMarked
package vellum.core.order;

import org.jspecify.annotations.NullMarked;
