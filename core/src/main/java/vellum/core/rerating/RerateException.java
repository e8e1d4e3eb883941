package vellum.core.rerating;

import java.time.LocalDate;

/** A re-rating that cannot be done as asked. Unless its message says so, nothing was changed. */
public sealed class RerateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RerateException(String message) {
    super(message);
  }

  /** Whether the same may do later. */
  public boolean recoverable() {
    return false;
  }

  /** Two equally specific rates match a record. */
  public static final class TwoRates extends RerateException {
    private static final long serialVersionUID = 1L;

    TwoRates(Rate one, Rate other, Rate.Match values, int day) {
      super(
          "lines "
              + Math.min(one.line(), other.line())
              + " and "
              + Math.max(one.line(), other.line())
              + " of the rates are equally specific, and both match a record of network "
              + (values.mccMnc().isEmpty() ? "none" : values.mccMnc())
              + " on "
              + LocalDate.ofEpochDay(day)
              + ": a row that names what both name decides");
    }
  }

  /** A price is beyond what a record can hold. */
  public static final class Overflow extends RerateException {
    private static final long serialVersionUID = 1L;

    Overflow(Rate rate, long units) {
      super(
          "line "
              + rate.line()
              + " of the rates makes a price beyond 9223372036.854775807 for a record of "
              + units
              + " units");
    }
  }

  /** The differences have more rows than are shown. */
  public static final class TooManyGroups extends RerateException {
    private static final long serialVersionUID = 1L;

    TooManyGroups(int limit) {
      super(
          "the records are of more than "
              + limit
              + " currencies, channels and networks: ask for fewer days or accounts");
    }
  }

  /** Another run is under way. */
  public static final class Busy extends RerateException {
    private static final long serialVersionUID = 1L;

    Busy(String id) {
      super("the re-rating " + id + " is under way: one at a time");
    }

    @Override
    public boolean recoverable() {
      return true;
    }
  }
}
