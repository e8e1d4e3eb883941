package vellum.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.policy.PolicyTexts.one;
import static vellum.core.policy.PolicyTexts.text;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two classes never choose the same record with equal right. */
final class PolicyConflictTest {

  private static String both(String first, String firstDates, String second, String secondDates) {
    return text(
        one("first", "select: {" + first + "}", firstDates),
        one("second", "select: {" + second + "}", secondDates));
  }

  private static String dates(String from, String until) {
    return (from == null ? "" : "effective_from: " + from + "\n    ")
        + (until == null ? "" : "effective_until: " + until);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "law_country: HR            | law_country: [DE, HR]",
        "channel: [SMS, MMS]        | channel: [MMS, RCS]",
        "account: a                 | account: [b, a]",
        "direction: MO              | direction: MO",
        "law_country: HR, channel: SMS | channel: [SMS, MMS], law_country: [HR, DE]",
      })
  void shouldRefuseTwoClassesOfTheSameSelectorsThatOverlap(String first, String second) {
    assertThatThrownBy(() -> RetentionPolicy.parse(both(first, "", second, "")))
        .isInstanceOf(PolicyException.Ambiguous.class)
        .hasMessageStartingWith("line 18: classes[2].select: AMBIGUOUS: second ")
        .hasMessageContaining("first (line 13)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "law_country: HR               | law_country: DE",
        "law_country: HR               | channel: SMS",
        "law_country: HR               | law_country: HR, channel: SMS",
        "direction: MO                 | direction: MT",
        "law_country: HR, channel: SMS | law_country: HR, channel: MMS",
        "account: a                    | law_country: HR, channel: SMS, direction: MT",
      })
  void shouldTakeTwoClassesOfWhichOneWinsOrThatNeverMeet(String first, String second) {
    assertThat(RetentionPolicy.parse(both(first, "", second, "")).classes()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    ", 2026-07-01, 2026-06-30, , true",
    ", 2026-07-01, 2026-07-01, , false",
    "2026-01-01, 2026-07-01, 2026-03-01, 2026-04-01, true",
    "2026-01-01, 2026-07-01, 2027-01-01, , false",
    "2026-01-01, , , 2026-01-01, false",
    "2026-01-01, , , , true",
  })
  void shouldRefuseEffectiveRangesThatOverlapForTheSameSelectors(
      String from1, String until1, String from2, String until2, boolean refused) {
    String yaml =
        both("law_country: HR", dates(from1, until1), "law_country: HR", dates(from2, until2));

    if (refused) {
      assertThatThrownBy(() -> RetentionPolicy.parse(yaml))
          .isInstanceOf(PolicyException.Ambiguous.class);
    } else {
      assertThat(RetentionPolicy.parse(yaml).classes()).hasSize(3);
    }
  }
}
