package vellum.core.period;

/**
 * The life of a period, in order (design section 6). A period goes forward only. Names are on disk.
 *
 * <p>What is seen of a traffic month in each stage:
 *
 * <pre>
 *   stage              readers        new messages                   owner    directory
 *   MAKING             -              make it                        LIVE     may be missing
 *   LIVE               identities     sealed                         LIVE     live/
 *   COPYING_HOLDS      identities     sealed; held ones also vaulted LIVE     live/
 *   SEALING_STOPPED    identities     taken without identities       LIVE     live/
 *   KEY_DESTROYED      no identities  without; keys noted as changed LIVE     live/
 *   DRAINED            no identities  without; keys noted as changed LIVE     live/
 *   REWRITING          no identities  without; keys noted as changed LIVE     live/, archive/….making
 *   VERIFIED           no identities  without; keys noted as changed LIVE     live/, archive/
 *   SWITCHED           stripped       stripped                       ARCHIVE  live/ until unused
 *   REMOVED … ARCHIVED stripped       stripped                       ARCHIVE  archive/
 *   EXPIRING           nothing        refused                        NONE     being removed
 *   EXPIRED            nothing        refused                        NONE     -
 * </pre>
 *
 * Usage and content know MAKING, LIVE, EXPIRING and EXPIRED only. A month whose first message comes
 * after its deadline starts as ARCHIVED.
 */
public enum Stage {
  MAKING,
  LIVE,
  COPYING_HOLDS,
  SEALING_STOPPED,
  KEY_DESTROYED,
  DRAINED,
  REWRITING,
  VERIFIED,
  SWITCHED,
  REMOVED,
  KEK_ROTATED,
  BACKUPS_REWRITTEN,
  /** Certified; the month has its life in the archive before it. */
  ARCHIVED,
  EXPIRING,
  /** Certified; the name stays, so that nothing makes the period again. */
  EXPIRED;

  /** Who answers for the period's records. */
  public enum Owner {
    LIVE,
    ARCHIVE,
    NONE
  }

  public Owner owner() {
    if (compareTo(SWITCHED) < 0) {
      return Owner.LIVE;
    }
    return compareTo(EXPIRING) < 0 ? Owner.ARCHIVE : Owner.NONE;
  }

  /** Whether what changes now must be carried over to the archive later. */
  public boolean notesChanges() {
    return compareTo(KEY_DESTROYED) >= 0 && compareTo(SWITCHED) < 0;
  }
}
