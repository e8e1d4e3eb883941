package vellum.core.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import vellum.core.record.MonthId;

/**
 * Records that are kept by the same rule, share directories and have the same zone. Immutable.
 *
 * @param name as {@link MonthId#isClassName} allows
 * @param zone whose calendar its months and years follow; UTC for the default class
 * @param select which records; everything only for the default class
 * @param effectiveFrom first day, in the zone, on which a record must have started; null: any
 * @param effectiveUntil first day, in the zone, that is no longer chosen; null: none
 * @param terms how long, and why
 */
public record RetentionClass(
    String name,
    ZoneId zone,
    Selectors select,
    @Nullable LocalDate effectiveFrom,
    @Nullable LocalDate effectiveUntil,
    ClassTerms terms) {

  private static final ZoneId UTC = ZoneId.of("UTC");

  /** Without Z, which is UTC written otherwise. */
  static final ZoneId DEFAULT_ZONE = UTC;

  public RetentionClass {
    if (!MonthId.isClassName(name)) {
      throw FieldFault.of(
          "name",
          "must be 1 to "
              + MonthId.MAX_CLASS_CHARS
              + " characters a-z, 0-9 and -, neither usage nor content, not ending in -year");
    }
    if (effectiveFrom != null
        && effectiveUntil != null
        && !effectiveFrom.isBefore(effectiveUntil)) {
      throw FieldFault.of("effective_until", "must be after effective_from");
    }
    if (name.equals(MonthId.DEFAULT_CLASS)) {
      checkDefault(zone, select, effectiveFrom, effectiveUntil);
    } else if (select.isEmpty()) {
      throw FieldFault.of(
          "select", "is missing: only the class default chooses whatever no other class chooses");
    }
    ClassCalendar.checkOrder(zone, terms);
  }

  private static void checkDefault(
      ZoneId zone, Selectors select, @Nullable LocalDate from, @Nullable LocalDate until) {
    if (!zone.equals(UTC)) {
      throw FieldFault.of("zone", "must be UTC for the class default");
    }
    if (!select.isEmpty()) {
      throw FieldFault.of("select", "must be absent: default is for what no other class chooses");
    }
    if (from != null || until != null) {
      throw FieldFault.of(
          from != null ? "effective_from" : "effective_until",
          "must be absent: the class default always applies");
    }
  }

  boolean isDefault() {
    return name.equals(MonthId.DEFAULT_CLASS);
  }

  /** First instant at which a record that it chooses may start. */
  Instant from() {
    return effectiveFrom == null ? Instant.MIN : effectiveFrom.atStartOfDay(zone).toInstant();
  }

  /** First instant at which a record is no longer chosen. */
  Instant until() {
    return effectiveUntil == null ? Instant.MAX : effectiveUntil.atStartOfDay(zone).toInstant();
  }

  /** Whether some record that this class chooses is chosen by the other as well, and as well. */
  boolean isAmbiguousWith(RetentionClass other) {
    return select.specificity() == other.select.specificity()
        && select.overlaps(other.select)
        && from().isBefore(other.until())
        && other.from().isBefore(until());
  }
}
