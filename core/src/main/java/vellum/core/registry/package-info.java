/**
 * Who the accounts and suppliers are, and under which terms at which time: zones, currencies, law,
 * business senders. Kept in the control store, read from memory.
 */
@NullMarked
package vellum.core.registry;

import org.jspecify.annotations.NullMarked;
