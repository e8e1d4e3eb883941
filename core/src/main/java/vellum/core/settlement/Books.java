package vellum.core.settlement;

import java.time.YearMonth;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.CellSink;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.billing.Posting;
import vellum.core.period.Month;
import vellum.core.period.Place;
import vellum.core.record.AccountId;

/** Port: where the cells of a period and its postings come from. Thread-safe. */
public interface Books {

  /**
   * Hands out all cells of a party whose days lie in a period, and every adjustment that is of it.
   * Of each month the two are of one moment, which may be another than that of the next.
   */
  void read(Party party, YearMonth period, CellSink cells, Consumer<Posting> adjustments);

  /**
   * Hands out adjustments that were posted to a period and are of another.
   *
   * @param party whose; null for those of all in the cube
   */
  void adjustmentsTo(
      Cube cube, YearMonth period, @Nullable String party, Consumer<Posting> adjustments);

  /**
   * Hands out what messages posted to a period of a party, adjustments and changes, by month and
   * key.
   *
   * @param after where to go on; null for the first
   * @param wanted says of each, and where it is, whether it wants another
   */
  void postings(Party party, YearMonth period, @Nullable Place after, PostingSink wanted);

  /** Takes postings one after the other. */
  @FunctionalInterface
  interface PostingSink {
    /**
     * Takes one; says whether it wants another.
     *
     * @param place where it is
     * @param month that has it and its record
     */
    boolean next(Place place, Posting posting, Month month);
  }

  /**
   * The records that may lie in a period; to be closed. What is read of the books afterwards has
   * the adjustments of all that they have.
   *
   * @param account whose records, and perhaps those of others; null for all
   */
  PeriodRows rows(YearMonth period, @Nullable AccountId account);

  /** Who has cells in a period. */
  SortedSet<String> parties(Cube cube, YearMonth period);

  /** Whether a year's records are removed, all or in part. */
  boolean isGone(int year);
}
