package vellum.core.audit;

/**
 * What is wrong with a trail.
 *
 * @param entry number of the entry, or of the first that it may be
 * @param text what is wrong, for people
 */
public record Finding(Kind kind, long entry, String text) {

  /** The ways to be wrong. */
  public enum Kind {
    /** An entry is not what it was: the next one names another hash. */
    EDITED,
    /** An entry is missing between others. */
    DROPPED,
    /** An entry stands in another's place. */
    REORDERED,
    /** A number comes twice. */
    REPEATED,
    /** Entries at the end are missing, which were signed. */
    TRUNCATED,
    /** Entries fit together, and are not those that were signed. */
    FORKED,
    /** A checkpoint is none, or its signature does not hold. */
    BAD_CHECKPOINT
  }
}
