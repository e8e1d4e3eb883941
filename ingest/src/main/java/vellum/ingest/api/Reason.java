package vellum.ingest.api;

/**
 * Why a node takes no records now.
 *
 * @param code for programs; also the label of a gauge
 * @param text for people, without values of records
 */
public record Reason(Code code, String text) {

  /** What can be the matter. Names are part of the interface. */
  public enum Code {
    /** Not everything is open yet. */
    STARTING,
    /** The secret of the key-encryption key is awaited: {@code vellum key unseal}. */
    SEALED,
    /** A stop has begun. */
    STOPPING,
    /** A part failed for good; the process ends. */
    PART_STOPPED,
    /** The journal takes nothing until a restart. */
    JOURNAL_FAILED,
    /** Free space is below the reserve; goes on by itself. */
    DISK_LOW,
    /** The applier is too far behind; goes on by itself. */
    THROTTLED
  }
}
