package vellum.ingest.metrics;

/**
 * How the audit trail is. Immutable.
 *
 * @param failures answers that were withheld because it could not be written
 * @param owed entries about what the server did by itself that the disk did not take yet
 * @param isUncopied whether checkpoints cannot be copied to the second place
 */
public record AuditFigures(long failures, long owed, boolean isUncopied) {}
