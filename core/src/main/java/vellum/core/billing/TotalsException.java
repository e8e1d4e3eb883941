package vellum.core.billing;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * A question about totals that has no answer. Nothing changed. Messages name columns and bounds,
 * never what was asked for: an account may be a person.
 */
public sealed class TotalsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TotalsException(String message) {
    super(message);
  }

  /** Whether trying again may help. */
  public final boolean recoverable() {
    return false;
  }

  /** No cube has a dimension of this name. */
  public static final class UnknownDimension extends TotalsException {
    private static final long serialVersionUID = 1L;

    UnknownDimension(Cube cube) {
      super(
          "no such dimension; those of the "
              + name(cube)
              + " totals are "
              + names(Dimension.of(cube)));
    }
  }

  /** The dimension belongs to the other cube. */
  public static final class OtherCube extends TotalsException {
    private static final long serialVersionUID = 1L;

    OtherCube(Dimension dimension, Cube cube) {
      super(
          dimension
              + " is a dimension of the "
              + name(cube == Cube.SALE ? Cube.COST : Cube.SALE)
              + " totals; the "
              + name(cube)
              + " totals have "
              + names(Dimension.of(cube)));
    }
  }

  /** A dimension cannot have the value that is asked for. */
  public static final class BadValue extends TotalsException {
    private static final long serialVersionUID = 1L;

    BadValue(Dimension dimension, String expected) {
      super(dimension + " must be " + expected);
    }
  }

  /** More values are asked for than a question may have. */
  public static final class TooManyValues extends TotalsException {
    private static final long serialVersionUID = 1L;

    TooManyValues(int most) {
      super("a question may name at most " + most + " values");
    }
  }

  /** The interval is empty or reversed. */
  public static final class BadInterval extends TotalsException {
    private static final long serialVersionUID = 1L;

    public BadInterval() {
      super("from must be before to");
    }
  }

  /** The interval is longer than anything is kept. */
  public static final class IntervalTooLong extends TotalsException {
    private static final long serialVersionUID = 1L;

    public IntervalTooLong(int years) {
      super("an interval has at most " + years + " years");
    }
  }

  /** The interval begins with days of which nothing is kept any more. */
  public static final class BeforeKept extends TotalsException {
    private static final long serialVersionUID = 1L;

    public BeforeKept(LocalDate oldest) {
      super("nothing is kept from before " + oldest);
    }
  }

  /** The answer has more rows than an answer may have. */
  public static final class TooManyRows extends TotalsException {
    private static final long serialVersionUID = 1L;

    TooManyRows(int most) {
      super(
          "the totals have more than "
              + most
              + " rows; group by less, ask for fewer days, or use the export");
    }
  }

  private static String name(Cube cube) {
    return cube.name().toLowerCase(Locale.ROOT);
  }

  private static String names(List<Dimension> dimensions) {
    return String.join(", ", dimensions.stream().map(Dimension::toString).toList());
  }
}
