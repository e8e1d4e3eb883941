/**
 * The streaming server: takes batches over TCP, has them sealed and journaled, and answers when
 * they are durable. Start at {@link vellum.ingest.server.IngestServer}.
 *
 * <pre>
 *   FrameDecoder → Connection ── hello ──▶ Handshake ─▶ Authenticator, Journal.open
 *                            └── batch ──▶ Intake ─▶ BatchReader ─▶ RecordSealer ─▶ Journal.append
 *   FrameEncoder ← Answers ◀── receipts, from the journal's threads, one task per group
 * </pre>
 *
 * <p>Everything of a connection happens on its event loop; only receipts cross threads. A
 * connection is not read while the journal is full, the disk is low, the applier lags, its client
 * does not read its answers, or its hello is being answered ({@code HoldReason}); nothing is
 * refused or lost by that, the client's socket fills and it waits. Only new hellos are refused
 * while the disk is low, with a time to come back after.
 *
 * <p>Every failure is the last frame of its connection. The server then closes its sending side and
 * reads and drops what still comes for at most a second, because a close with bytes unread would
 * make the system throw the failure away with them. What was acknowledged stays; what was received
 * and not yet acknowledged may or may not become durable, and the next Welcome tells which.
 *
 * <table>
 *   <caption>Failures, and what the client of this project does</caption>
 *   <tr><th>code<th>when<th>client
 *   <tr><td>GARBLED_FRAME<td>no message, unknown field, or a frame that may not come now
 *       <td>reconnects, resends
 *   <tr><td>BAD_CRC<td>the bytes are not those that were sent<td>reconnects, resends
 *   <tr><td>FRAME_TOO_LARGE<td>announced length above the bound (4 KiB before Welcome, and for
 *       frames other than batches)<td>ends
 *   <tr><td>UNKNOWN_PROTOCOL, UNKNOWN_SCHEMA<td>other version than 1<td>ends
 *   <tr><td>BAD_TOKEN<td>refused, expired without Reauth, or revoked<td>ends
 *   <tr><td>FENCED<td>a newer epoch or connection holds the stream<td>ends
 *   <tr><td>BAD_HELLO<td>a field of Hello out of its bounds<td>ends
 *   <tr><td>BATCH_TOO_LARGE<td>more records than the bound<td>ends
 *   <tr><td>WINDOW_EXCEEDED<td>more batches unanswered than the bound<td>ends
 *   <tr><td>BAD_COMPRESSION<td>not agreed, size not declared, too large, or not Zstandard<td>ends
 *   <tr><td>BAD_SEQUENCE<td>0 or beyond 2^63-1; of a Goodbye, beyond 2^62-1<td>ends
 *   <tr><td>TLS_REQUIRED<td>bytes in clear at a port with TLS; the frame is in clear too<td>ends
 *   <tr><td>RESERVED_PRODUCER<td>the producer is named vellum, as the server's own streams<td>ends
 *   <tr><td>TOO_MANY_STREAMS<td>the journal takes no further stream<td>ends
 *   <tr><td>HANDSHAKE_TIMEOUT, FRAME_TIMEOUT<td>no hello, or no whole frame, in time
 *       <td>reconnects, resends
 *   <tr><td>IDLE_TIMEOUT<td>no frame, and nothing to answer, in time
 *       <td>reconnects (it sends Reauth before that)
 *   <tr><td>CERTIFICATE_EXPIRED<td>the client's certificate has ended meanwhile
 *       <td>reconnects with what its file holds, resends
 *   <tr><td>SLOW_READER<td>does not read its answers<td>reconnects, resends
 *   <tr><td>TOO_MANY_CONNECTIONS, DISK_LOW, SHUTTING_DOWN<td>with retry_after_ms
 *       <td>reconnects after it, resends
 *   <tr><td>SEALED<td>the server waits for the secret of its keys
 *       <td>reconnects after retry_after_ms, resends
 *   <tr><td>JOURNAL_FAILED<td>a force failed; until the process is restarted
 *       <td>reconnects after retry_after_ms, resends
 * </table>
 */
@NullMarked
package vellum.ingest.server;

import org.jspecify.annotations.NullMarked;
