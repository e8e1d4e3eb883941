package vellum.core.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import vellum.core.record.MonthId;

/**
 * The step from one policy to the next. Refuses what would give a record that is there another
 * class, month or none: a record's class never changes (design section 2). Immutable.
 *
 * <p>Records may start up to 24 hours ahead of the clock, so what chooses them may change only for
 * those that start later than that.
 */
final class PolicyChange {

  /** How far ahead of the clock a record may start. */
  static final Duration AHEAD = Duration.ofHours(24);

  private final RetentionPolicy before;
  private final RetentionPolicy after;
  private final PolicyCalendar months;
  private final Instant free;

  PolicyChange(RetentionPolicy before, RetentionPolicy after, Instant now) {
    this.before = before;
    this.after = after;
    this.months = new PolicyCalendar(before);
    this.free = now.plus(AHEAD);
  }

  void check(Collection<LivePeriod> data) {
    for (RetentionClass old : before.classes()) {
      List<LivePeriod> own =
          data.stream()
              .filter(LivePeriod::isOfClass)
              .filter(p -> p.group().equals(old.name()))
              .toList();
      if (!own.isEmpty()) {
        checkKept(old, own);
      }
    }
    List<MonthId> traffic = traffic(data);
    for (RetentionClass next : after.classes()) {
      Optional<RetentionClass> old = before.named(next.name());
      gained(next, old).stream()
          .filter(range -> traffic.stream().anyMatch(month -> meets(range, month)))
          .findFirst()
          .ifPresent(range -> refuse(next, "would choose"));
    }
  }

  private void checkKept(RetentionClass old, List<LivePeriod> own) {
    RetentionClass next =
        after
            .named(old.name())
            .orElseThrow(
                () ->
                    new PolicyException.ClassInUse(
                        "class "
                            + old.name()
                            + " has data in "
                            + own.size()
                            + " periods and is missing or not enabled: keep it, ended by"
                            + " effective_until: "
                            + firstFree(old)
                            + " or later, until they are gone"));
    if (!next.zone().getRules().equals(old.zone().getRules())) {
      throw new PolicyException.ZoneChanged(
          "class "
              + old.name()
              + " has data and its zone would change from "
              + old.zone()
              + " to "
              + next.zone()
              + ": leave it, and let a class of another name follow it by effective_from");
    }
    List<MonthId> traffic = traffic(own);
    for (Range range : lost(old, next)) {
      if (traffic.stream().anyMatch(month -> meets(range, month))) {
        refuse(old, "would no longer choose");
      }
    }
  }

  private void refuse(RetentionClass one, String does) {
    throw new PolicyException.SelectionChanged(
        "class "
            + one.name()
            + " "
            + does
            + " records that may be there already, and a record's class never changes: change"
            + " selectors only by effective_from or effective_until of "
            + firstFree(one)
            + " or later, with a class of another name for what follows");
  }

  /** The first day in a class's zone on which no record can have started yet. */
  private LocalDate firstFree(RetentionClass one) {
    return free.atZone(one.zone()).toLocalDate().plusDays(1);
  }

  /** Where a class chooses what it did not choose. */
  private List<Range> gained(RetentionClass next, Optional<RetentionClass> old) {
    if (old.isEmpty() || !old.get().select().equals(next.select())) {
      return next.isDefault() ? List.of() : List.of(range(next));
    }
    return range(next).without(range(old.get()));
  }

  private List<Range> lost(RetentionClass old, RetentionClass next) {
    return old.select().equals(next.select())
        ? range(old).without(range(next))
        : List.of(range(old));
  }

  /** When records that may be there already started, if the class chose them. */
  private Range range(RetentionClass one) {
    return new Range(one.from(), one.until().isBefore(free) ? one.until() : free);
  }

  private boolean meets(Range range, MonthId month) {
    return range.from.isBefore(range.until)
        && range.from.isBefore(months.end(month))
        && months.start(month).isBefore(range.until);
  }

  private static List<MonthId> traffic(Collection<LivePeriod> data) {
    return data.stream()
        .map(LivePeriod::month)
        .filter(month -> month.kind() == MonthId.Kind.TRAFFIC)
        .toList();
  }

  /** Instants from {@code from} up to, without, {@code until}; none when that is not later. */
  private record Range(Instant from, Instant until) {

    List<Range> without(Range other) {
      List<Range> left = new ArrayList<>();
      left.add(new Range(from, other.from.isBefore(until) ? other.from : until));
      left.add(new Range(other.until.isAfter(from) ? other.until : from, until));
      return left;
    }
  }
}
