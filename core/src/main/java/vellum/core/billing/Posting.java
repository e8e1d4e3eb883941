package vellum.core.billing;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AspectKind;

/**
 * What one message changed of one cell, written with it and never changed. Bytes as {@link
 * PostingKey} and {@link PostingRow} draw them.
 *
 * @param to period it is posted to: the party's earliest open one from {@code of} on
 * @param of period that it is of: that of the communication's billing day
 * @param cause why the cell changed
 * @param recordKey key of the record in its month: 24 bytes in a live one, 18 in an archived one
 * @param cell key of the cell, {@link SaleCell} or {@link CostCell}
 * @param delta by how much the cell changed
 */
public record Posting(
    Kind kind,
    Party party,
    YearMonth to,
    YearMonth of,
    Origin origin,
    Cause cause,
    byte[] recordKey,
    byte[] cell,
    Measures delta) {

  /** What a posting is for. Ids are on disk, never reused. */
  public enum Kind {
    /** A period that had been closed changed: it is billed in {@link Posting#to}. */
    ADJUSTMENT(1),
    /** Money changed in an open period: for information, the period's cells have it. */
    CHANGE(2);

    private final int id;

    Kind(int id) {
      this.id = id;
    }

    int id() {
      return id;
    }

    static Kind ofId(int id) {
      return switch (id) {
        case 1 -> ADJUSTMENT;
        case 2 -> CHANGE;
        default -> throw new IllegalArgumentException("no kind of posting has the id " + id);
      };
    }
  }

  /** Why a cell changed. Ids are on disk, never reused. */
  public enum Reason {
    /** The first message of a record. */
    LATE_RECORD(1),
    /** The first submission of a record that was there. */
    LATE_SUBMISSION(2),
    /** The first delivery report of a record that was there. */
    LATE_STATUS(3),
    /** The first rating of a record that was there. */
    LATE_RATING(4),
    /** The first version of a leg of a record that was there. */
    LATE_LEG(5),
    SUBMISSION_CHANGED(6),
    STATUS_CHANGED(7),
    RATING_CHANGED(8),
    LEG_CHANGED(9),
    /** Another price by a run of re-rating, which {@link Cause#run} names. */
    RERATED(10);

    private final int id;

    Reason(int id) {
      this.id = id;
    }

    int id() {
      return id;
    }

    static Reason ofId(int id) {
      for (Reason reason : values()) {
        if (reason.id == id) {
          return reason;
        }
      }
      throw new IllegalArgumentException("no reason of a posting has the id " + id);
    }
  }

  /**
   * Where it came from; unique.
   *
   * @param sequence of its batch in the journal
   * @param place of its message in the batch
   * @param number among those of its message, 0 to 65,535
   */
  public record Origin(long sequence, int place, int number) {}

  /**
   * Why a cell changed.
   *
   * @param aspect whose new version did it; null when no aspect is named
   * @param leg number of the leg, 0 for other aspects
   * @param version of the aspect
   * @param run number of the run of re-rating, {@link RunName#NONE} unless the reason is {@link
   *     Reason#RERATED}
   */
  public record Cause(Reason reason, @Nullable AspectKind aspect, int leg, long version, long run) {

    /** A cause that is no re-rating. */
    public Cause(Reason reason, @Nullable AspectKind aspect, int leg, long version) {
      this(reason, aspect, leg, version, RunName.NONE);
    }
  }

  /** The same under another key of its record. */
  public Posting under(byte[] otherKey) {
    return new Posting(kind, party, to, of, origin, cause, otherKey, cell, delta);
  }
}
