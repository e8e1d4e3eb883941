package vellum.core.record;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.regex.Pattern;

/**
 * A live month of one retention class: the unit in which records are stored, keys are made and
 * identities are erased. Written {@code 2026-11.default}; the name is a directory name, a key's
 * name and part of journal batches.
 *
 * @param month calendar month in the class's zone, years 2000 to 9999
 * @param retentionClass name of the class, 1 to 24 characters {@code [a-z0-9-]}
 */
public record MonthId(YearMonth month, String retentionClass) implements Comparable<MonthId> {

  /** The class of the source's own rule. */
  public static final String DEFAULT_CLASS = "default";

  private static final Pattern CLASS_NAME = Pattern.compile("[a-z0-9-]{1,24}");

  public MonthId {
    if (month.getYear() < 2000 || month.getYear() > 9999) {
      throw new IllegalArgumentException("year of a month must be 2000 to 9999: " + month);
    }
    if (!CLASS_NAME.matcher(retentionClass).matches()) {
      throw new IllegalArgumentException(
          "retention class must match " + CLASS_NAME + ": " + retentionClass);
    }
  }

  /** Reads a name as {@link #toString} writes it. */
  public static MonthId parse(String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("month must look like 2026-11.default: " + name);
    }
    try {
      return new MonthId(YearMonth.parse(name.substring(0, dot)), name.substring(dot + 1));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("month must look like 2026-11.default: " + name, e);
    }
  }

  @Override
  public int compareTo(MonthId other) {
    int byMonth = month.compareTo(other.month);
    return byMonth != 0 ? byMonth : retentionClass.compareTo(other.retentionClass);
  }

  @Override
  public String toString() {
    return month + "." + retentionClass;
  }
}
