package vellum.core.subject;

/** How far an erasure is. Names are on disk; none is renamed. */
public enum ErasureState {
  /** It is being looked for what is to be erased. */
  BEGUN,
  /** All of it is found, and stands in the ledger. */
  FOUND,
  /** The journal has an entry for each record and row, durably. */
  JOURNALED,
  /** The applier has taken them: nobody finds or reads any of it. */
  APPLIED,
  /** The files that held it are written anew, and the old ones gone. */
  PURGED,
  /** The journal's segments that held it are deleted. */
  DRAINED,
  /** The report is made. */
  DONE
}
