package vellum.core.casefile;

import java.time.Instant;
import java.util.Optional;

/**
 * A revision of a case as it was written: its document in clear, for memory only.
 *
 * @param revision from 1; each change makes the next one
 * @param createdAt of the first revision, UTC, to the millisecond
 * @param changedAt of this revision, likewise
 * @param closedAt when the case was closed, if this revision is of a closed one
 * @param document UTF-8, JSON of the package that the case belongs to; not to be changed
 */
public record CaseFile(
    CaseId id,
    int revision,
    Instant createdAt,
    Instant changedAt,
    Optional<Instant> closedAt,
    byte[] document) {

  public CaseFile {
    if (revision < 1) {
      throw new IllegalArgumentException("revisions begin with 1: " + revision);
    }
  }

  /** Says which case it is and nothing of what it holds. */
  @Override
  public String toString() {
    return id + " revision " + revision;
  }
}
