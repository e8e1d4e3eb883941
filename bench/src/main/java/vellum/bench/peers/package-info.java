/**
 * Vellum beside what a user would pick instead: the same records, the same work, the same machine,
 * in turns. {@link vellum.bench.peers.Peer} is what each of them is asked to do.
 */
@NullMarked
package vellum.bench.peers;

import org.jspecify.annotations.NullMarked;
