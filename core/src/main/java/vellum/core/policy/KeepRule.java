package vellum.core.policy;

import java.time.DateTimeException;
import java.time.Period;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long something is kept, and from when: {@code 12 months} from {@code end_of_month}. Calendar
 * months and years only, never a count of days.
 *
 * @param period 1 to 1,200 months
 */
public record KeepRule(Period period, Anchor anchor) {

  private static final int MAX_MONTHS = 1200;
  private static final Pattern WORDS = Pattern.compile("([0-9]{1,4}) (month|year)s?");

  public KeepRule {
    long months = period.toTotalMonths();
    if (!period.equals(period.withDays(0)) || months < 1 || months > MAX_MONTHS) {
      throw new IllegalArgumentException("must be 1 to " + MAX_MONTHS + " calendar months");
    }
  }

  /** Reads {@code 12 months}, {@code 10 years}, {@code P12M} or {@code P1Y6M}. */
  static Period period(String text) {
    Matcher words = WORDS.matcher(text);
    if (words.matches()) {
      int count = Integer.parseInt(words.group(1));
      return words.group(2).equals("year") ? Period.ofYears(count) : Period.ofMonths(count);
    }
    try {
      Period period = Period.parse(text);
      if (period.equals(period.withDays(0)) && text.startsWith("P")) {
        return period;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "must be calendar months or years such as 12 months, 10 years or P12M, no count of days");
  }

  /** Whether it may keep longer than so many months. */
  boolean exceeds(int months) {
    return period.toTotalMonths() > months;
  }

  /** The period in words. */
  public String text() {
    if (period.getMonths() == 0) {
      return period.getYears() + (period.getYears() == 1 ? " year" : " years");
    }
    return period.toTotalMonths() + (period.toTotalMonths() == 1 ? " month" : " months");
  }
}
