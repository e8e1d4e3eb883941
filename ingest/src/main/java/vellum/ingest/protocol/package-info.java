/**
 * Frames of the streaming protocol, as bytes: shared by server and client. The messages themselves
 * are {@code vellum.v1.Frame} and its parts ({@code stream.proto}).
 *
 * <pre>
 *   0        4        8
 *   | length | crc32c | Frame, length bytes |      both integers big-endian, unsigned
 * </pre>
 *
 * <p>Reading costs one copy: {@link vellum.ingest.protocol.FrameDecoder} takes a whole frame out of
 * the network's buffers into one {@link vellum.ingest.protocol.RawFrame} for all connections of an
 * event loop, checks its sum, and hands it on. A batch is never parsed into objects: {@link
 * vellum.ingest.protocol.BatchReader} walks its records where they lie. All other frames are small
 * and parsed ({@link vellum.ingest.protocol.ControlFrames}).
 *
 * <p>Nothing is allocated for what a peer announces, only for what it sent: a length beyond the
 * bound is refused when its four bytes are there, a compressed batch is inflated into a bounded
 * buffer, records are counted before any is handed on. Everything that cannot be read becomes a
 * {@link vellum.ingest.protocol.CorruptFrame} with the code of its failure; nothing throws on what
 * a peer sent.
 *
 * <p>A batch must be written as encoders of Protocol Buffers write it: exactly one {@code batch} in
 * the frame, tags in one byte. A frame with two bodies, which Protocol Buffers would merge, is
 * garbled.
 *
 * <p>These classes are handlers of Netty's pipeline, and so the one place of {@code ingest} whose
 * signatures name it; {@code server} and {@code client} hide it from their callers.
 */
@NullMarked
package vellum.ingest.protocol;

import org.jspecify.annotations.NullMarked;
