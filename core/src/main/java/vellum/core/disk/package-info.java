/**
 * The disk as our own code sees it: what it writes whole, forces, renames and deletes, and how much
 * room there is. Injected, so that a full disk and a failing force are unit tests.
 */
@NullMarked
package vellum.core.disk;

import org.jspecify.annotations.NullMarked;
