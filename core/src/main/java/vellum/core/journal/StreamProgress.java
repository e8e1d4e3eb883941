package vellum.core.journal;

/**
 * How far a stream has come, at one position of the journal.
 *
 * @param last sequence of the stream that is in the journal; 0 when there is none of this epoch
 * @param seenAtMicros when the last entry of the stream was appended, microseconds since the epoch,
 *     UTC
 */
public record StreamProgress(StreamId stream, long epoch, long last, long seenAtMicros) {}
