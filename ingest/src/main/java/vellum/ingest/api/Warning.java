package vellum.ingest.api;

/**
 * What somebody must look at, though the node takes records.
 *
 * @param code for programs
 * @param text for people, without values of records
 */
public record Warning(Code code, String text) {

  /** What can be the matter. Names are part of the interface. */
  public enum Code {
    /** A person's request is past its deadline. */
    REQUEST_OVERDUE,
    /** An emergency order ran, and nobody approved it yet. */
    EMERGENCY_UNAPPROVED
  }
}
