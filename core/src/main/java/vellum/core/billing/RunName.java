package vellum.core.billing;

import java.nio.charset.StandardCharsets;

/**
 * Names of runs of re-rating, {@code rerate-3}: the rate plan of the ratings that they write.
 * Stateless.
 */
public final class RunName {

  /** What every name begins with. */
  public static final String PREFIX = "rerate-";

  /** Number of no run. */
  public static final long NONE = 0;

  private static final int MOST_DIGITS = 18;

  private RunName() {}

  /** The name of a run, from 1. */
  public static String of(long number) {
    return PREFIX + number;
  }

  /** Number of the run that a rate plan names, or {@link #NONE} when it is another plan. */
  public static long number(byte[] bytes, int offset, int length) {
    int digits = length - PREFIX.length();
    if (digits < 1 || digits > MOST_DIGITS) {
      return NONE;
    }
    String name = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    if (!name.startsWith(PREFIX) || name.charAt(PREFIX.length()) == '0') {
      return NONE;
    }
    long number = 0;
    for (int i = PREFIX.length(); i < length; i++) {
      int digit = name.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
