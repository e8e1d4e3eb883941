package vellum.core.settlement;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Closings;
import vellum.core.billing.Party;

/**
 * One closing of a period of one party, and what became of it: everything that its statement needs
 * besides records and postings stands here and never changes.
 *
 * @param revision 1 for the first closing of the period
 * @param position journal sequence of the last message that it has
 * @param by who closed it
 * @param zones in whose days the party was billed in the period, in the order in which they applied
 * @param lastManual number of the last manual posting made before it
 * @param statement what the statement came to; null until it is made
 * @param reopening the end of the closing; null while it holds
 */
public record Closing(
    Party party,
    YearMonth period,
    int revision,
    long position,
    Instant at,
    String by,
    List<String> zones,
    long lastManual,
    @Nullable Made statement,
    @Nullable Reopening reopening) {

  public Closing {
    zones = List.copyOf(zones);
  }

  /**
   * A statement that is made.
   *
   * @param digest SHA-256 of its bytes, hexadecimal
   * @param lines charge lines
   * @param totals what is to be paid, by currency: exact decimals
   * @param times of its records, kept since those may change; null when it was made by a version
   *     that knew none, and its text has none
   */
  public record Made(
      String digest,
      int bytes,
      int lines,
      SortedMap<String, String> totals,
      @Nullable Times times) {
    public Made {
      totals = new TreeMap<>(totals);
    }
  }

  /**
   * When the records of a bill started, as they were at the closing: of an account those that it is
   * charged for, of a supplier those with a leg of it. RFC 3339, UTC, whole seconds.
   *
   * @param earliest start of the first; empty when the bill has no record
   * @param latest start of the last
   */
  public record Times(String earliest, String latest) {
    static final Times NONE = new Times("", "");
  }

  /**
   * The end of a closing.
   *
   * @param position journal sequence of the last message that came too late for it
   */
  public record Reopening(long position, Instant at, String by, String reason) {}

  /** Whether it holds. */
  public boolean isClosed() {
    return reopening == null;
  }

  Closing at(long other) {
    return new Closing(
        party, period, revision, other, at, by, zones, lastManual, statement, reopening);
  }

  Closing with(Made made) {
    return new Closing(
        party, period, revision, position, at, by, zones, lastManual, made, reopening);
  }

  Closing with(Reopening end) {
    return new Closing(
        party, period, revision, position, at, by, zones, lastManual, statement, end);
  }

  Closings.Interval interval() {
    return new Closings.Interval(
        position, reopening == null ? Closings.Interval.STILL_CLOSED : reopening.position());
  }
}
