package vellum.core.settlement;

import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Party;

/**
 * An amount that somebody put on a bill by hand. Never changed: a wrong one is reversed by another.
 *
 * @param number from 1, in the order in which they came
 * @param period whose bill it stands on
 * @param nanos billionths of the currency's unit; below zero for what lowers the bill
 * @param reference what it is about, or null
 */
public record ManualPosting(
    long number,
    Party party,
    YearMonth period,
    Kind kind,
    BigInteger nanos,
    String currency,
    String reason,
    Instant at,
    String by,
    @Nullable Reference reference) {

  /** What for. Names are on disk. */
  public enum Kind {
    /** Money that was paid and is given back; below zero. */
    REFUND(-1),
    /** What is granted; below zero. */
    CREDIT(-1),
    /** What is contested, and left out until it is settled; below zero. */
    DISPUTE(-1),
    /** What will not be paid; below zero. */
    WRITE_OFF(-1),
    /** What is charged besides traffic; above zero. */
    CHARGE(1),
    /** Either way. */
    CORRECTION(0),
    /** The exact opposite of another posting. */
    REVERSAL(0);

    private final int sign;

    Kind(int sign) {
      this.sign = sign;
    }

    /** The sign of its amounts; 0 for either. */
    int sign() {
      return sign;
    }
  }

  /**
   * What a posting is about: one of these.
   *
   * @param record reference of a record that says nothing of its id: the hexadecimal key that it
   *     has, or will have, in its archive
   * @param line of a statement: {@code 2026-10/1/3}, period, revision, line
   * @param reverses number of the posting that it takes back; 0 for none
   */
  public record Reference(@Nullable String record, @Nullable String line, long reverses) {}
}
