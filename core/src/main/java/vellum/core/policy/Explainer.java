package vellum.core.policy;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.record.MonthId;
import vellum.v1.Privacy;

/** Says by which rule of a version data of a period are kept. Immutable. */
public final class Explainer {

  private final PolicyVersion version;
  private final RetentionPolicy policy;
  private final PolicyCalendar calendar;

  public Explainer(PolicyVersion version) {
    this.version = version;
    this.policy = version.policy();
    this.calendar = new PolicyCalendar(policy);
  }

  /**
   * Explains one kind of data of a period. Of a traffic month: identities and free text; routing
   * and billing; content, whose reference in the record goes with the identities at the latest; and
   * the usage log of the same month. Of a usage month or a day of content: all kinds alike.
   */
  public Explanation explain(MonthId month, Privacy privacy) {
    return switch (month.kind()) {
      case USAGE -> usage(month, privacy);
      case CONTENT -> content(month, privacy);
      case SUSPENSE -> suspense(month, privacy);
      case HOLD, CASE, TRAIL -> unknown(month, privacy);
      case TRAFFIC, YEAR ->
          switch (privacy) {
            case USAGE -> usage(MonthId.usage(month.month()), privacy);
            case CONTENT -> content(month, privacy);
            case IDENTITY, FREE_TEXT -> identities(month, privacy);
            default -> traffic(month, privacy);
          };
    };
  }

  /**
   * Explains the fields that a name means.
   *
   * @param name as {@link FieldPath#find} takes it
   * @return one for each field, empty when the schema has none of that name
   */
  public List<Explanation> explain(MonthId month, String name) {
    return FieldPath.find(name).stream()
        .map(field -> explain(month, field.privacy()).with(field.path(), null))
        .toList();
  }

  private Explanation identities(MonthId month, Privacy privacy) {
    RetentionClass rule = policy.of(month).orElse(null);
    if (rule == null) {
      return unknown(month, privacy);
    }
    KeepRule keep = rule.terms().identities();
    ClassCalendar months = new ClassCalendar(rule);
    // Of a year's secret, the last month decides.
    YearMonth of =
        month.kind() == MonthId.Kind.YEAR
            ? YearMonth.of(month.month().getYear(), 12)
            : month.month();
    Line line =
        new Line("identities " + keep.text(), rule, keep.anchor(), months.identityAnchor(of));
    return explanation(month, privacy, line, months.identityDeadline(of));
  }

  private Explanation traffic(MonthId month, Privacy privacy) {
    RetentionClass rule = policy.of(month).orElse(null);
    if (rule == null) {
      return unknown(month, privacy);
    }
    KeepRule keep = rule.terms().traffic();
    Instant anchor = new ClassCalendar(rule).yearAnchor(month.month().getYear());
    Line line = new Line("traffic " + keep.text(), rule, keep.anchor(), anchor);
    return explanation(month, privacy, line, calendar.removal(month));
  }

  private Explanation usage(MonthId month, Privacy privacy) {
    RetentionClass rule = policy.defaultClass();
    KeepRule keep = rule.terms().usage();
    Line line = new Line("usage " + keep.text(), rule, keep.anchor(), calendar.start(month));
    return explanation(month, privacy, line, calendar.identityDeadline(month));
  }

  /** What came for a year that was gone: by no line of the policy. */
  private Explanation suspense(MonthId month, Privacy privacy) {
    RetentionClass rule = policy.defaultClass();
    Line line = new Line("suspense 12 months", rule, Anchor.END_OF_MONTH, calendar.end(month));
    return explanation(month, privacy, line, calendar.identityDeadline(month));
  }

  private Explanation content(MonthId month, Privacy privacy) {
    RetentionClass rule = policy.of(month).orElse(null);
    if (rule == null) {
      return unknown(month, privacy);
    }
    Line line = new Line("content by instruction", rule, Anchor.INSTRUCTION, null);
    return explanation(month, privacy, line, calendar.identityDeadline(month));
  }

  /** A line of the policy, and from when it counts. */
  private record Line(
      String text, RetentionClass rule, Anchor anchor, @Nullable Instant anchorAt) {}

  private Explanation explanation(MonthId month, Privacy privacy, Line line, Instant end) {
    ClassTerms terms = line.rule.terms();
    return new Explanation(
        month.toString(),
        null,
        privacy,
        line.text,
        line.rule.name(),
        version.version(),
        line.anchor.toString(),
        line.anchorAt,
        line.rule.zone().getId(),
        end,
        terms.source(),
        terms.verified(),
        terms.legalBasis(),
        null);
  }

  /** Nothing is guessed about a class that the version does not know: what it has is kept. */
  private Explanation unknown(MonthId month, Privacy privacy) {
    return new Explanation(
        month.toString(),
        null,
        privacy,
        "kept: the policy does not know this class",
        month.retentionClass(),
        version.version(),
        "",
        null,
        "",
        PolicyCalendar.NEVER,
        "",
        false,
        null,
        null);
  }
}
