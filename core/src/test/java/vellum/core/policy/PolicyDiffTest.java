package vellum.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static vellum.core.policy.PolicyTexts.one;
import static vellum.core.policy.PolicyTexts.text;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import vellum.core.policy.PolicyDiff.Change;
import vellum.core.policy.PolicyDiff.ClassDiff;
import vellum.core.policy.PolicyDiff.PeriodDiff;
import vellum.core.policy.PolicyDiff.Shift;
import vellum.core.policy.PolicyDiff.Sum;
import vellum.core.record.MonthId;

/** What a change would erase earlier or later. */
final class PolicyDiffTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Sum NOTHING = new Sum(0, 0, 0);
  private static final Shift NO_SHIFT = new Shift(NOTHING, NOTHING, 0);

  private static LivePeriod period(String month, boolean stripped, long records) {
    return new LivePeriod(
        MonthId.parse(month), stripped ? "ARCHIVED" : "LIVE", stripped, records, records * 100);
  }

  private static PolicyDiff diff(String before, String after, LivePeriod... live) {
    return PolicyDiff.of(
        RetentionPolicy.parse(before), RetentionPolicy.parse(after), List.of(live), NOW);
  }

  @Test
  void shouldBeEmptyWhenNothingChanges() {
    PolicyDiff diff = diff(text(), text(), period("2026-01.default", false, 5));

    assertThat(diff.periods()).isEmpty();
    assertThat(diff.classes())
        .containsExactly(new ClassDiff("default", Change.SAME, NO_SHIFT, NO_SHIFT));
  }

  @Test
  void shouldSumWhatGoesEarlierAndMarkWhatIsDueAtOnce() {
    // when
    PolicyDiff diff =
        diff(
            text(),
            text().replace("identities: 12", "identities: 6"),
            period("2025-02.default", true, 1),
            period("2026-02.default", false, 10),
            period("2026-06.default", false, 100));
    // then: 2026-02 ends on 28 February; 28 August and a day have passed
    assertThat(diff.classes())
        .containsExactly(
            new ClassDiff(
                "default",
                Change.CHANGED,
                new Shift(new Sum(2, 110, 11_000), NOTHING, 1),
                NO_SHIFT));
    assertThat(diff.periods())
        .containsExactly(
            new PeriodDiff(
                "2026-02.default",
                "LIVE",
                10,
                1000,
                Instant.parse("2027-03-01T00:00:00Z"),
                Instant.parse("2026-08-29T00:00:00Z"),
                Instant.parse("2037-01-01T00:00:00Z"),
                Instant.parse("2037-01-01T00:00:00Z"),
                true),
            new PeriodDiff(
                "2026-06.default",
                "LIVE",
                100,
                10_000,
                Instant.parse("2027-07-01T00:00:00Z"),
                Instant.parse("2026-12-31T00:00:00Z"),
                Instant.parse("2037-01-01T00:00:00Z"),
                Instant.parse("2037-01-01T00:00:00Z"),
                false));
  }

  @Test
  void shouldSayOfAStrippedMonthOnlyWhenItGoes() {
    PolicyDiff diff =
        diff(
            text().replace("traffic: 10", "traffic: 5"),
            text(),
            period("2024-02.default", true, 7));

    assertThat(diff.classes().get(0).rest()).isEqualTo(new Shift(NOTHING, new Sum(1, 7, 700), 0));
    PeriodDiff only = diff.periods().get(0);
    assertThat(only.oldIdentities()).isNull();
    assertThat(only.newIdentities()).isNull();
    assertThat(only.oldRemoval()).isEqualTo("2030-01-01T00:00:00Z");
    assertThat(only.newRemoval()).isEqualTo("2035-01-01T00:00:00Z");
  }

  @Test
  void shouldNameClassesThatComeAndGo() {
    PolicyDiff diff =
        diff(
            text(one("old", "select: {channel: SMS}"), one("kept", "select: {channel: MMS}")),
            text(one("new", "select: {channel: SMS}"), one("kept", "select: {channel: MMS}")),
            period("2026-06.old", false, 3));

    assertThat(diff.classes())
        .extracting(ClassDiff::name, ClassDiff::change)
        .containsExactly(
            tuple("default", Change.SAME),
            tuple("old", Change.REMOVED),
            tuple("kept", Change.SAME),
            tuple("new", Change.ADDED));
    assertThat(diff.periods().get(0).newRemoval()).isEqualTo(PolicyCalendar.NEVER);
  }

  @Test
  void shouldTellTheUsageLogApart() {
    PolicyDiff diff =
        diff(
            text(),
            text().replace("usage: 36", "usage: 12"),
            period("2025-06.usage", false, 4),
            period("2026-12.content-05", false, 2),
            period("2025-01.default-year", false, 0));

    assertThat(diff.classes())
        .extracting(ClassDiff::name)
        .containsExactly("default", "usage", "content");
    ClassDiff usage = diff.classes().get(1);
    assertThat(usage.change()).isEqualTo(Change.CHANGED);
    assertThat(usage.identities()).isEqualTo(new Shift(new Sum(1, 4, 400), NOTHING, 1));
    assertThat(diff.classes().get(2).change()).isEqualTo(Change.SAME);
    assertThat(diff.periods()).extracting(PeriodDiff::period).containsExactly("2025-06.usage");
  }
}
