package vellum.core.record;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A period of one retention class: the unit in which records are stored, keys are made and erased.
 * Written {@code 2026-11.default}; the name is a key's name and part of journal batches.
 *
 * <p>Most are months of traffic records. What is kept by other rules has names of its own, so that
 * keys, journal and stores need to know one kind of name only:
 *
 * <pre>
 *   2026-11.default       traffic records of a month and retention class
 *   2026-11.usage         usage log of a month
 *   2026-12.content-05    content that goes on 5 December 2026
 *   2026-11.suspense      what came in that month for a year that was gone; no key
 *   2026-01.default-year  secret of the archive year 2026 of a class; no records
 *   2026-11.hold-7r3kx9pw identities under a hold that was placed in that month
 *   2026-11.case-4f7k2q9m secret of a case that was opened in that month; no records
 *   2026-11.trail         secret of that month's sealed entries of the audit trail; no records
 * </pre>
 *
 * What belongs to cases ({@link #isOfCase}) ends with them, and by no calendar.
 *
 * @param month calendar month in the class's zone, years 2000 to 9999
 * @param retentionClass name of the class, 1 to 24 characters {@code [a-z0-9-]}
 */
public record MonthId(YearMonth month, String retentionClass) implements Comparable<MonthId> {

  /** What a period holds. */
  public enum Kind {
    TRAFFIC,
    USAGE,
    CONTENT,
    SUSPENSE,
    YEAR,
    HOLD,
    CASE,
    TRAIL
  }

  /** The class of the source's own rule. */
  public static final String DEFAULT_CLASS = "default";

  /** Longest name of a class that a policy may give. */
  public static final int MAX_CLASS_CHARS = 19;

  private static final Pattern CLASS_NAME = Pattern.compile("[a-z0-9-]{1,24}");
  private static final Pattern CONTENT_NAME = Pattern.compile("content-([0-2][0-9]|3[01])");
  private static final String USAGE = "usage";
  private static final String CONTENT = "content-";
  private static final String YEAR = "-year";
  private static final String SUSPENSE = "suspense";
  private static final String HOLD = "hold-";
  private static final String CASE = "case-";
  private static final String TRAIL = "trail";
  private static final Pattern OF_CASE = Pattern.compile("(hold|case)-[0-9a-hjkmnp-tv-z]{8}");
  private static final Set<String> RESERVED = Set.of(USAGE, "content", SUSPENSE, TRAIL);

  public MonthId {
    if (month.getYear() < 2000 || month.getYear() > 9999) {
      throw new IllegalArgumentException("year of a month must be 2000 to 9999: " + month);
    }
    if (!CLASS_NAME.matcher(retentionClass).matches()) {
      throw new IllegalArgumentException(
          "retention class must match " + CLASS_NAME + ": " + retentionClass);
    }
  }

  /** The usage log of a month. */
  public static MonthId usage(YearMonth month) {
    return new MonthId(month, USAGE);
  }

  /** What came in a month for a year that was gone. */
  public static MonthId suspense(YearMonth month) {
    return new MonthId(month, SUSPENSE);
  }

  /** The content that goes at the start of a day. */
  public static MonthId content(LocalDate day) {
    return new MonthId(YearMonth.from(day), CONTENT + "%02d".formatted(day.getDayOfMonth()));
  }

  /**
   * What a hold keeps.
   *
   * @param month in which it was placed, UTC
   * @param name 8 digits of Crockford's base 32 in lower case, drawn at random
   */
  public static MonthId hold(YearMonth month, String name) {
    return ofCase(month, HOLD + name);
  }

  /** The secret of a case; month and name as {@link #hold} has them. */
  public static MonthId caseKey(YearMonth month, String name) {
    return ofCase(month, CASE + name);
  }

  private static MonthId ofCase(YearMonth month, String name) {
    if (!OF_CASE.matcher(name).matches()) {
      throw new IllegalArgumentException("a case's name must match " + OF_CASE + ": " + name);
    }
    return new MonthId(month, name);
  }

  /** The secret of the sealed entries that the audit trail gets in a month, UTC. */
  public static MonthId trail(YearMonth month) {
    return new MonthId(month, TRAIL);
  }

  /** The archive year of this month, under whose secret the ids of its stripped records stand. */
  public MonthId year() {
    return new MonthId(YearMonth.of(month.getYear(), 1), retentionClass + YEAR);
  }

  /** Whether a policy may give a class this name. */
  public static boolean isClassName(String name) {
    return name.length() <= MAX_CLASS_CHARS
        && CLASS_NAME.matcher(name).matches()
        && !RESERVED.contains(name)
        && !name.startsWith(CONTENT)
        && !OF_CASE.matcher(name).matches()
        && !name.endsWith(YEAR);
  }

  public Kind kind() {
    if (retentionClass.equals(USAGE)) {
      return Kind.USAGE;
    }
    if (retentionClass.equals(SUSPENSE)) {
      return Kind.SUSPENSE;
    }
    if (CONTENT_NAME.matcher(retentionClass).matches()) {
      return Kind.CONTENT;
    }
    if (OF_CASE.matcher(retentionClass).matches()) {
      return retentionClass.startsWith(HOLD) ? Kind.HOLD : Kind.CASE;
    }
    if (retentionClass.equals(TRAIL)) {
      return Kind.TRAIL;
    }
    return retentionClass.endsWith(YEAR) ? Kind.YEAR : Kind.TRAFFIC;
  }

  /** Whether records lie in it, and not only a secret has its name. */
  public boolean holdsRecords() {
    return switch (kind()) {
      case YEAR, CASE, TRAIL -> false;
      default -> true;
    };
  }

  /** Whether it belongs to a hold or another case, and no calendar says when it ends. */
  public boolean isOfCase() {
    return switch (kind()) {
      case HOLD, CASE, TRAIL -> true;
      default -> false;
    };
  }

  /** The day on which a period of content goes. */
  public LocalDate contentDay() {
    if (kind() != Kind.CONTENT) {
      throw new IllegalStateException("not a period of content: " + this);
    }
    return month.atDay(Integer.parseInt(retentionClass.substring(CONTENT.length())));
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
