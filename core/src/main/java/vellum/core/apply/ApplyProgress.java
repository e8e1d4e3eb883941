package vellum.core.apply;

/**
 * How far the journal is applied, at one moment.
 *
 * @param sequence journal sequence; everything up to it is readable
 * @param messages applied by this process
 * @param expired messages dropped by this process, since their months had expired
 * @param journalBytes of journal read by this process
 * @param lastAppendedAtMicros when the last entry read was appended, microseconds since the epoch,
 *     UTC; 0 before the first
 */
public record ApplyProgress(
    long sequence, long messages, long expired, long journalBytes, long lastAppendedAtMicros) {}
