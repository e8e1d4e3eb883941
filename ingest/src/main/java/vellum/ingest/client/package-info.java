/**
 * The Java client of the streaming server. Start at {@link vellum.ingest.client.VellumClient}.
 *
 * <pre>
 *   caller's thread:  send ─▶ ClientStream: BatchWriter, callbacks ──full, or lingered──▶ unanswered
 *   event loop:       StreamConnection ◀─▶ server: batches out; rejections, acks in ─▶ callbacks
 * </pre>
 *
 * <p>A record is serialised once, on the caller's thread, into the batch in which it will travel. A
 * batch is kept until it is answered, and sent again, the same bytes under the same sequences, on
 * each new connection whose Welcome does not cover it: the server skips what it has, so nothing is
 * lost or doubled, however often either side breaks.
 *
 * <p>Nothing of the store, and no engine but Netty, is on this package's path.
 */
@NullMarked
package vellum.ingest.client;

import org.jspecify.annotations.NullMarked;
