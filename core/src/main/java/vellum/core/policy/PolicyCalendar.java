package vellum.core.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AccountId;
import vellum.core.record.DefaultCalendar;
import vellum.core.record.MonthCalendar;
import vellum.core.record.MonthId;
import vellum.core.record.UtcOffset;

/**
 * The calendar of the policy in force. Thread-safe: {@link #use} exchanges the policy between two
 * answers. With the default class alone an answer costs two comparisons and allocates nothing.
 *
 * <p>Of a class that the policy does not know nothing is guessed: what it has is kept ({@link
 * #NEVER}), and its months reach as far as they would in any zone.
 */
public final class PolicyCalendar implements MonthCalendar {

  /** The deadline of what no rule erases: the last microsecond of the year 9999. */
  public static final Instant NEVER = MonthCalendar.NEVER;

  private volatile Rules rules;

  public PolicyCalendar(RetentionPolicy policy) {
    this.rules = new Rules(policy);
  }

  /** The policy by which this answers. */
  public RetentionPolicy policy() {
    return rules.policy;
  }

  /** Answers by another policy from now on. */
  public void use(RetentionPolicy policy) {
    rules = new Rules(policy);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A direction of 0 matches no class that is chosen by direction: ask {@link #needsDirection}
   * first.
   */
  @Override
  public MonthId monthOf(
      AccountId account, String lawCountry, int channel, int direction, long startedAtMicros) {
    Rules now = rules;
    Selection one = now.choose(account, lawCountry, channel, direction, startedAtMicros);
    return (one == null ? now.defaults : one.months()).monthOf(startedAtMicros);
  }

  @Override
  public boolean needsDirection(
      AccountId account, String lawCountry, int channel, long startedAtMicros) {
    Rules now = rules;
    if (!now.hasDirections) {
      return false;
    }
    // The most specific class of either direction decides; before it, none asked.
    Selection one =
        now.choose(account, lawCountry, channel, Selection.EITHER_DIRECTION, startedAtMicros);
    return one != null && one.hasDirection();
  }

  @Override
  public Instant identityDeadline(MonthId month) {
    Rules now = rules;
    return switch (month.kind()) {
      case TRAFFIC ->
          now.ask(month.retentionClass(), one -> one.identityDeadline(month.month()), NEVER);
      case USAGE ->
          startOf(month.month().atDay(1).plus(now.policy.defaultClass().terms().usage().period()));
      case CONTENT -> startOf(month.contentDay());
      case SUSPENSE -> startOf(DefaultCalendar.suspenseEnd(month));
      case YEAR -> now.yearEnd(ClassNames.ofYear(month), month);
      case HOLD, CASE, TRAIL -> NEVER;
    };
  }

  @Override
  public Instant removal(MonthId month) {
    return month.kind() == MonthId.Kind.TRAFFIC
        ? rules.yearEnd(month.retentionClass(), month)
        : identityDeadline(month);
  }

  @Override
  public Instant start(MonthId month) {
    Instant utc = startOf(month.month().atDay(1));
    return inZone(month, one -> one.start(month.month()), utc, utc.minus(UtcOffset.WIDEST));
  }

  @Override
  public Instant end(MonthId month) {
    Instant utc = startOf(month.month().plusMonths(1).atDay(1));
    return inZone(
        month, one -> one.start(month.month().plusMonths(1)), utc, utc.plus(UtcOffset.WIDEST));
  }

  private Instant inZone(
      MonthId month, Function<ClassCalendar, Instant> known, Instant utc, Instant unknown) {
    return switch (month.kind()) {
      case USAGE, CONTENT, SUSPENSE, HOLD, CASE, TRAIL -> utc;
      case TRAFFIC -> rules.ask(month.retentionClass(), known, unknown);
      case YEAR -> rules.ask(ClassNames.ofYear(month), known, unknown);
    };
  }

  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** A policy, compiled. */
  private static final class Rules {
    private final RetentionPolicy policy;
    private final Map<String, ClassCalendar> classes;
    private final ClassCalendar defaults;

    /** Classes that name an account, by account; they come before all others. */
    private final Map<String, Selection[]> byAccount = new HashMap<>();

    private final Selection[] others;
    private final boolean hasDirections;

    Rules(RetentionPolicy policy) {
      this.policy = policy;
      List<ClassCalendar> all = policy.classes().stream().map(ClassCalendar::new).toList();
      this.classes = all.stream().collect(Collectors.toMap(one -> one.rule().name(), one -> one));
      this.defaults = all.get(0);
      List<Selection> selections =
          all.stream()
              .skip(1)
              .sorted(
                  Comparator.comparingInt(
                      (ClassCalendar one) -> -one.rule().select().specificity()))
              .map(Selection::new)
              .toList();
      this.hasDirections = selections.stream().anyMatch(Selection::hasDirection);
      this.others =
          selections.stream().filter(one -> one.accounts().isEmpty()).toArray(Selection[]::new);
      for (Selection one : selections) {
        for (String account : one.accounts()) {
          byAccount.computeIfAbsent(
              account,
              key ->
                  selections.stream()
                      .filter(other -> other.accounts().contains(key))
                      .toArray(Selection[]::new));
        }
      }
    }

    /** The most specific class that chooses a record; null when none but the default class does. */
    @Nullable Selection choose(
        AccountId account, String law, int channel, int direction, long startedAtMicros) {
      if (!byAccount.isEmpty()) {
        Selection[] own = byAccount.get(account.value());
        Selection found = own == null ? null : first(own, law, channel, direction, startedAtMicros);
        if (found != null) {
          return found;
        }
      }
      return first(others, law, channel, direction, startedAtMicros);
    }

    private static @Nullable Selection first(
        Selection[] among, String law, int channel, int direction, long startedAtMicros) {
      for (Selection one : among) {
        if (one.matches(law, channel, direction, startedAtMicros)) {
          return one;
        }
      }
      return null;
    }

    <T> T ask(String name, Function<ClassCalendar, T> known, T unknown) {
      @Nullable ClassCalendar one = classes.get(name);
      return one == null ? unknown : known.apply(one);
    }

    Instant yearEnd(String name, MonthId month) {
      return ask(name, one -> one.yearEnd(month.month().getYear()), NEVER);
    }
  }
}
