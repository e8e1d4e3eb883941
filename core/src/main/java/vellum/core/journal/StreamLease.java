package vellum.core.journal;

import java.util.List;
import vellum.core.seal.Rejected;

/**
 * The right to append to a stream, until a newer one is given.
 *
 * @param number of the lease; a higher one fences it
 * @param lastSequence the stream's last durable sequence when the lease was given
 * @param rejections of sequences after the opener's last answered one, oldest first
 */
public record StreamLease(
    StreamId stream, long epoch, long number, long lastSequence, List<StreamRejection> rejections) {

  public StreamLease {
    rejections = List.copyOf(rejections);
  }

  /** A record of the stream that was refused. */
  public record StreamRejection(long sequence, int code) {}

  /** The rejection of a record of a batch, by its sequence in the stream. */
  static StreamRejection rejection(long firstSequence, Rejected rejected) {
    return new StreamRejection(firstSequence + rejected.offset(), rejected.code());
  }
}
