package vellum.core.policy;

import vellum.core.record.MonthId;

/** The class in the name of a period. */
final class ClassNames {

  private static final String YEAR = "-year";

  private ClassNames() {}

  /** The class of an archive year's secret: {@code default} of {@code 2026-01.default-year}. */
  static String ofYear(MonthId year) {
    String name = year.retentionClass();
    return name.substring(0, name.length() - YEAR.length());
  }
}
