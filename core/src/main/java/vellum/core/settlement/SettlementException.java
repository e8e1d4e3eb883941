package vellum.core.settlement;

import java.time.Instant;
import java.time.YearMonth;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;

/**
 * Something about a period that cannot be done; nothing was changed. Messages name parties and
 * bounds, and no identity.
 */
public sealed class SettlementException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  SettlementException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The condition, for programs. */
  public final String code() {
    return code;
  }

  /** Whether the same may succeed later. */
  public boolean recoverable() {
    return false;
  }

  static String name(Party party) {
    String kind = party.cube() == Cube.SALE ? "account " : "supplier ";
    return kind + (party.id().isEmpty() ? "without a name" : party.id());
  }

  /** The period has not ended in the party's zone. */
  public static final class PeriodNotOver extends SettlementException {
    private static final long serialVersionUID = 1L;

    PeriodNotOver(Party party, YearMonth period, Instant from) {
      super(
          "PERIOD_NOT_OVER",
          period + " of " + name(party) + " is not over: it can be closed from " + from + " on");
    }
  }

  /** The period lies in the future. */
  public static final class PeriodNotBegun extends SettlementException {
    private static final long serialVersionUID = 1L;

    PeriodNotBegun(Party party, YearMonth period) {
      super("PERIOD_NOT_BEGUN", period + " of " + name(party) + " has not begun");
    }
  }

  /** The period is closed. */
  public static final class AlreadyClosed extends SettlementException {
    private static final long serialVersionUID = 1L;

    AlreadyClosed(Party party, YearMonth period, int revision) {
      super(
          "ALREADY_CLOSED",
          period
              + " of "
              + name(party)
              + " is closed, as revision "
              + revision
              + "; what comes now goes to the next open period");
    }
  }

  /** The period is open. */
  public static final class NotClosed extends SettlementException {
    private static final long serialVersionUID = 1L;

    NotClosed(Party party, YearMonth period) {
      super("NOT_CLOSED", period + " of " + name(party) + " is not closed");
    }
  }

  /** The period has no such revision. */
  public static final class NoSuchRevision extends SettlementException {
    private static final long serialVersionUID = 1L;

    NoSuchRevision(Party party, YearMonth period, int revision) {
      super("NO_SUCH_REVISION", period + " of " + name(party) + " has no revision " + revision);
    }
  }

  /** Nobody knows the account: it is not registered, and nothing of it is kept. */
  public static final class UnknownAccount extends SettlementException {
    private static final long serialVersionUID = 1L;

    UnknownAccount(String account) {
      super(
          "UNKNOWN_ACCOUNT",
          "account " + account + " is not registered, and nothing of it is kept");
    }
  }

  /** Nobody knows the supplier: it is not registered, and nothing of it is kept. */
  public static final class UnknownSupplier extends SettlementException {
    private static final long serialVersionUID = 1L;

    UnknownSupplier(String supplier) {
      super(
          "UNKNOWN_SUPPLIER",
          "supplier " + supplier + " is not registered, and nothing of it is kept");
    }
  }

  /** The period's year is over and gone. */
  public static final class PeriodGone extends SettlementException {
    private static final long serialVersionUID = 1L;

    PeriodGone(YearMonth period, int kept) {
      super("PERIOD_GONE", period + " is older than what is kept: the oldest year is " + kept);
    }
  }

  /** An amount that is none. */
  public static final class BadAmount extends SettlementException {
    private static final long serialVersionUID = 1L;

    BadAmount(String message) {
      super("BAD_AMOUNT", message);
    }
  }

  /** A currency that is none. */
  public static final class BadCurrency extends SettlementException {
    private static final long serialVersionUID = 1L;

    BadCurrency() {
      super("BAD_CURRENCY", "currency must be an ISO 4217 code such as EUR");
    }
  }

  /** A reason that is missing, too long, or names a person. */
  public static final class BadReason extends SettlementException {
    private static final long serialVersionUID = 1L;

    BadReason(String message) {
      super("BAD_REASON", message);
    }
  }

  /** What a posting refers to is not there. */
  public static final class BadReference extends SettlementException {
    private static final long serialVersionUID = 1L;

    BadReference(String message) {
      super("BAD_REFERENCE", message);
    }
  }

  /** There are too many of something. */
  public static final class TooMany extends SettlementException {
    private static final long serialVersionUID = 1L;

    TooMany(String what, long most) {
      super("TOO_MANY", "there are more " + what + " than " + most);
    }
  }

  /** What the journal held at the start is not applied yet, or the applier is stopping. */
  public static final class NotReady extends SettlementException {
    private static final long serialVersionUID = 1L;

    NotReady(String why) {
      super("NOT_READY", why + "; try again soon");
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** A row that this version cannot read. */
  public static final class WrongFormat extends SettlementException {
    private static final long serialVersionUID = 1L;

    WrongFormat(String what) {
      super("WRONG_FORMAT", what + " is not readable by this version");
    }
  }
}
