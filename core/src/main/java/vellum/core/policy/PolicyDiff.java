package vellum.core.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.core.record.MonthId;

/**
 * What another policy would do to what is there: by class how much would go earlier or later, and
 * each period whose instants move. Says nothing about whether the change would be accepted.
 *
 * @param classes every class of either policy, and {@code usage} and {@code content} when they have
 *     data; those of the old policy first
 * @param periods only those whose instants move, in the order of their names
 */
public record PolicyDiff(List<ClassDiff> classes, List<PeriodDiff> periods) {

  /** What becomes of a class. */
  public enum Change {
    ADDED,
    REMOVED,
    CHANGED,
    SAME
  }

  /**
   * A class, and what it does to its periods.
   *
   * @param identities how erasure of identities moves; of usage and content, of everything
   * @param rest how the removal of what is left moves
   */
  public record ClassDiff(String name, Change change, Shift identities, Shift rest) {}

  /**
   * Sums over the periods of a class.
   *
   * @param dueAtOnce how many of the earlier ones would be due as soon as the policy is accepted
   */
  public record Shift(Sum earlier, Sum later, int dueAtOnce) {}

  /** So many months, with so many records and bytes. */
  public record Sum(int months, long records, long bytes) {}

  /**
   * A period whose instants move.
   *
   * @param oldIdentities when identities go by the old policy; null when they are gone
   * @param newIdentities when they go by the new one; null when they are gone
   * @param dueAtOnce whether something goes as soon as the policy is accepted that would not have
   */
  public record PeriodDiff(
      String period,
      String stage,
      long records,
      long bytes,
      @Nullable Instant oldIdentities,
      @Nullable Instant newIdentities,
      Instant oldRemoval,
      Instant newRemoval,
      boolean dueAtOnce) {}

  public PolicyDiff {
    classes = List.copyOf(classes);
    periods = List.copyOf(periods);
  }

  /**
   * Compares two policies over what is there.
   *
   * @param live periods that have data; secrets of archive years are passed over
   */
  public static PolicyDiff of(
      RetentionPolicy before, RetentionPolicy after, Collection<LivePeriod> live, Instant now) {
    PolicyCalendar old = new PolicyCalendar(before);
    PolicyCalendar next = new PolicyCalendar(after);
    List<Step> steps =
        live.stream()
            .filter(period -> period.month().kind() != MonthId.Kind.YEAR)
            .sorted((one, two) -> one.month().compareTo(two.month()))
            .map(period -> Step.of(period, old, next, now))
            .toList();
    Set<String> names = new LinkedHashSet<>();
    before.classes().forEach(one -> names.add(one.name()));
    after.classes().forEach(one -> names.add(one.name()));
    steps.forEach(step -> names.add(step.period.group()));
    List<ClassDiff> classes = new ArrayList<>();
    for (String name : names) {
      List<Step> own = steps.stream().filter(step -> step.period.group().equals(name)).toList();
      classes.add(
          new ClassDiff(
              name,
              change(before, after, name),
              shift(own.stream().map(step -> step.identities).toList(), own),
              shift(own.stream().map(step -> step.rest).toList(), own)));
    }
    return new PolicyDiff(classes, steps.stream().filter(Step::moves).map(Step::toDiff).toList());
  }

  private static Change change(RetentionPolicy before, RetentionPolicy after, String name) {
    @Nullable RetentionClass old = before.named(name).orElse(null);
    @Nullable RetentionClass next = after.named(name).orElse(null);
    if (old == null && next == null) {
      // Content is kept as its customer instructs; the usage log by the default class.
      KeepRule usage = after.defaultClass().terms().usage();
      return name.equals("content")
              || name.equals("suspense")
              || before.defaultClass().terms().usage().equals(usage)
          ? Change.SAME
          : Change.CHANGED;
    }
    if (old == null) {
      return Change.ADDED;
    }
    if (next == null) {
      return Change.REMOVED;
    }
    return old.equals(next) ? Change.SAME : Change.CHANGED;
  }

  private static Shift shift(List<Move> moves, List<Step> steps) {
    int dueAtOnce = 0;
    Sum earlier = new Sum(0, 0, 0);
    Sum later = earlier;
    for (int i = 0; i < moves.size(); i++) {
      Move move = moves.get(i);
      int order = move.next.compareTo(move.old);
      if (order < 0) {
        earlier = plus(earlier, steps.get(i).period);
      } else if (order > 0) {
        later = plus(later, steps.get(i).period);
      }
      dueAtOnce += move.dueAtOnce ? 1 : 0;
    }
    return new Shift(earlier, later, dueAtOnce);
  }

  private static Sum plus(Sum sum, LivePeriod period) {
    return new Sum(sum.months + 1, sum.records + period.records(), sum.bytes + period.bytes());
  }

  /** An instant before and after. */
  private record Move(Instant old, Instant next, boolean dueAtOnce) {
    static Move of(Instant old, Instant next, Instant now) {
      return new Move(old, next, old.isAfter(now) && !next.isAfter(now));
    }

    boolean moves() {
      return !old.equals(next);
    }
  }

  /** A period and its instants before and after. */
  private record Step(LivePeriod period, Move identities, Move rest) {

    static Step of(LivePeriod period, PolicyCalendar old, PolicyCalendar next, Instant now) {
      MonthId month = period.month();
      Instant was = old.identityDeadline(month);
      return new Step(
          period,
          Move.of(was, period.stripped() ? was : next.identityDeadline(month), now),
          Move.of(old.removal(month), next.removal(month), now));
    }

    boolean moves() {
      return identities.moves() || rest.moves();
    }

    PeriodDiff toDiff() {
      return new PeriodDiff(
          period.month().toString(),
          period.stage(),
          period.records(),
          period.bytes(),
          period.stripped() ? null : identities.old,
          period.stripped() ? null : identities.next,
          rest.old,
          rest.next,
          identities.dueAtOnce || rest.dueAtOnce);
    }
  }
}
