package vellum.core.subject;

import vellum.core.record.MonthId;

/** An erasure cannot begin, or go on. */
public sealed class ErasureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ErasureException(String message) {
    super(message);
  }

  /** Whether trying again later may help without anybody's doing. */
  public boolean recoverable() {
    return false;
  }

  /** A request's erasure was begun before, or, where it should be done, is not. */
  public static final class Begun extends ErasureException {
    private static final long serialVersionUID = 1L;

    Begun() {
      super("this request's erasure is in another state");
    }
  }

  /** There is more to be erased than one ledger holds. */
  public static final class TooMany extends ErasureException {
    private static final long serialVersionUID = 1L;

    TooMany(long limit) {
      super("more than " + limit + " records: erase them in shorter intervals");
    }
  }

  /** The scope names nobody whose identities are in records. */
  public static final class NobodyNamed extends ErasureException {
    private static final long serialVersionUID = 1L;

    NobodyNamed() {
      super("an erasure names people by their identifiers, or accounts without any");
    }
  }

  /** What was applied is not in the rows: a defect, nothing is called erased. */
  public static final class NotErased extends ErasureException {
    private static final long serialVersionUID = 1L;

    NotErased(MonthId month) {
      super("a record of " + month + " still has what was erased");
    }
  }

  /** An erasure failed in a way that trying again does not help; what was done stays. */
  public static final class Stopped extends ErasureException {
    private static final long serialVersionUID = 1L;

    Stopped(String why) {
      super("an erasure does not go on: " + why);
    }
  }

  /** A case's ledger is not what was written. */
  public static final class BrokenLedger extends ErasureException {
    private static final long serialVersionUID = 1L;

    BrokenLedger(String what) {
      super("the ledger of an erasure " + what);
    }
  }
}
