package vellum.core.journal;

/**
 * What the journal did since it was opened. A value; its parts were read one after the other.
 *
 * @param appended journal sequence of the last batch appended
 * @param forced journal sequence of the last batch that a power cut would leave
 * @param appendedBytes bytes of excerpts appended
 * @param forces how often was forced
 * @param lastForceNanos how long the last force took
 * @param totalForceNanos how long all of them took
 * @param ringCommands commands that wait for the appender
 * @param ringBytes bytes of batches that wait for the appender
 * @param gaps batches that left out sequences of their stream
 * @param duplicates sequences of streams that were there already
 * @param fenced batches and openings refused because a newer epoch or lease has the stream
 * @param streams streams known
 * @param rolls segments made since the start, the first one included
 * @param usableBytes free space at the last look
 * @param unreleasedBytes bytes of segments not yet released
 */
public record JournalStats(
    long appended,
    long forced,
    long appendedBytes,
    long forces,
    long lastForceNanos,
    long totalForceNanos,
    int ringCommands,
    long ringBytes,
    long gaps,
    long duplicates,
    long fenced,
    int streams,
    long rolls,
    long usableBytes,
    long unreleasedBytes) {}
