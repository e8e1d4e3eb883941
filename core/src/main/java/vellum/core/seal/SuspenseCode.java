package vellum.core.seal;

import org.jspecify.annotations.Nullable;
import vellum.v1.RejectionCode;

/**
 * Why a record is in suspense. Numbers are on disk, never reused, and apart from those of {@link
 * RejectionCode}, two of which are found when a record is applied.
 */
public enum SuspenseCode {
  VERSION_CONFLICT(RejectionCode.VERSION_CONFLICT_VALUE, "same version, other content"),
  HEADER_CONFLICT(
      RejectionCode.HEADER_CONFLICT_VALUE, "same account and id, other start or channel"),
  UNKNOWN_ACCOUNT(200, "the registry does not know the account"),
  UNKNOWN_SUPPLIER(201, "the registry does not know the supplier of a leg"),
  MISSING_PRICE(202, "a rating with units that has no price or no currency"),
  CURRENCY_MISMATCH(203, "a rating in another currency than the account's"),
  IMPLAUSIBLE_DURATION(204, "a duration over the bound, or an end before the start"),
  EXPIRED_YEAR(205, "nothing of its year is kept any more");

  private final int number;
  private final String text;

  SuspenseCode(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** As it is on disk. */
  public int number() {
    return number;
  }

  /** For people. */
  public String text() {
    return text;
  }

  /** The code of a number; null when this version does not know it. */
  public static @Nullable SuspenseCode of(int number) {
    for (SuspenseCode code : values()) {
      if (code.number == number) {
        return code;
      }
    }
    return null;
  }

  /** Its name, or its number when this version does not know it. */
  public static String name(int number) {
    SuspenseCode code = of(number);
    return code == null ? Integer.toString(number) : code.name();
  }
}
