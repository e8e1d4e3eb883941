package vellum.core.order;

import java.time.Instant;

/**
 * What was asked of an order is refused; nothing was changed. Messages name bounds, states and ids
 * of cases, never a subject.
 */
public abstract sealed class OrderException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  OrderException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Name of the condition, as interfaces say it. */
  public final String code() {
    return code;
  }

  /** Whether the same call may succeed later without anybody's doing. */
  public boolean recoverable() {
    return false;
  }

  /** There is no such order. */
  public static final class NotFound extends OrderException {
    private static final long serialVersionUID = 1L;

    NotFound() {
      super("NOT_FOUND", "no such order");
    }
  }

  /** What was entered is not as it must be. */
  public static final class BadOrder extends OrderException {
    private static final long serialVersionUID = 1L;

    public BadOrder(String what) {
      super("BAD_ORDER", what);
    }
  }

  /** Nobody has approved it, and it is no emergency. */
  public static final class NotApproved extends OrderException {
    private static final long serialVersionUID = 1L;

    NotApproved(Order order) {
      super(
          "NOT_APPROVED",
          order.id() + " is " + order.state() + ": another person must approve it before it runs");
    }
  }

  /** The order's deadline is past. */
  public static final class DeadlinePassed extends OrderException {
    private static final long serialVersionUID = 1L;

    DeadlinePassed(Instant deadline) {
      super("DEADLINE_PASSED", "the order's deadline " + deadline + " is past");
    }
  }

  /** Who decides entered or submitted it. */
  public static final class SamePerson extends OrderException {
    private static final long serialVersionUID = 1L;

    SamePerson() {
      super(
          "SAME_PERSON", "whoever entered or submitted an order does not decide on it: four eyes");
    }
  }

  /** A subject cannot be looked for. */
  public static final class BadSubject extends OrderException {
    private static final long serialVersionUID = 1L;

    BadSubject(String what) {
      super("BAD_SUBJECT", what);
    }
  }

  /** The country is none, or not the authority's. */
  public static final class UnknownCountry extends OrderException {
    private static final long serialVersionUID = 1L;

    UnknownCountry(String what) {
      super("UNKNOWN_COUNTRY", what);
    }
  }

  /** The table of authorities does not name it. */
  public static final class UnknownAuthority extends OrderException {
    private static final long serialVersionUID = 1L;

    UnknownAuthority() {
      super("UNKNOWN_AUTHORITY", "the table of authorities (cases.authorities) does not name it");
    }
  }

  /** The authority's country is not answered. */
  public static final class ForeignRefused extends OrderException {
    private static final long serialVersionUID = 1L;

    ForeignRefused(String country) {
      super(
          "FOREIGN_REFUSED",
          "authorities of " + country + " are refused: no checked rule of the table allows them");
    }
  }

  /** The agency's certificate is not, or not yet, or no longer good. */
  public static final class CertificateRefused extends OrderException {
    private static final long serialVersionUID = 1L;

    /**
     * @param code {@code CERTIFICATE_EXPIRED}, {@code CERTIFICATE_WEAK} and so on
     */
    public CertificateRefused(String code, String what) {
      super(code, what);
    }
  }

  /** Nothing of the interval is kept, or it has not begun. */
  public static final class IntervalNotKept extends OrderException {
    private static final long serialVersionUID = 1L;

    IntervalNotKept(String what) {
      super("INTERVAL_NOT_KEPT", what);
    }
  }

  /** What is to be run or approved is not what was approved or seen. */
  public static final class ScopeChanged extends OrderException {
    private static final long serialVersionUID = 1L;

    ScopeChanged() {
      super(
          "SCOPE_CHANGED",
          "the order is not what was approved or seen: its digest differs; enter a new order");
    }
  }

  /** The order's state does not allow it. */
  public static final class WrongState extends OrderException {
    private static final long serialVersionUID = 1L;

    WrongState(Order order, String what) {
      super("WRONG_STATE", order.id() + " is " + order.state() + " and cannot be " + what);
    }
  }

  /** The disk has no room for the package. */
  public static final class NoRoom extends OrderException {
    private static final long serialVersionUID = 1L;

    public NoRoom(long missingBytes) {
      super("NO_ROOM", "the disk has no room for the package: " + missingBytes + " bytes more");
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }

  /** The package could not be made; nothing of it is left. */
  public static final class PackageFailed extends OrderException {
    private static final long serialVersionUID = 1L;

    /**
     * @param code of what failed
     */
    public PackageFailed(String code, String what) {
      super(code, what);
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }
}
