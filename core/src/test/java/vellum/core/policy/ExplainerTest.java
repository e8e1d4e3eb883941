package vellum.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.policy.PolicyTexts.one;
import static vellum.core.policy.PolicyTexts.text;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vellum.core.record.MonthId;
import vellum.v1.Privacy;

/** By which rule what is kept. */
final class ExplainerTest {

  private static final String ITALY =
      one(
          "italy",
          "zone: Europe/Rome",
          "select: {law_country: IT}",
          "identities: {keep: 72 months, anchor: communication}",
          "legal_basis: a law");

  private static Explainer explainer() {
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    return new Explainer(PolicyVersion.of(3, text(ITALY), at, "me", "test"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "2025-03.default | IDENTITY | identities 12 months | end_of_month | 2025-03-31T00:00:00Z |"
            + " 2026-04-01T00:00:00Z",
        "2025-03.default | FREE_TEXT | identities 12 months | end_of_month | 2025-03-31T00:00:00Z |"
            + " 2026-04-01T00:00:00Z",
        "2025-03.default | ROUTING | traffic 10 years | start_of_next_year | 2026-01-01T00:00:00Z |"
            + " 2036-01-01T00:00:00Z",
        "2025-03.default | BILLING | traffic 10 years | start_of_next_year | 2026-01-01T00:00:00Z |"
            + " 2036-01-01T00:00:00Z",
        "2025-03.default | USAGE | usage 36 months | event | 2025-03-01T00:00:00Z |"
            + " 2028-03-01T00:00:00Z",
        "2025-03.default | CONTENT | content by instruction | instruction | - |"
            + " 2026-04-01T00:00:00Z",
        "2025-03.usage | USAGE | usage 36 months | event | 2025-03-01T00:00:00Z |"
            + " 2028-03-01T00:00:00Z",
        "2026-12.content-05 | CONTENT | content by instruction | instruction | - |"
            + " 2026-12-05T00:00:00Z",
        "2025-03.italy | IDENTITY | identities 72 months | communication | 2025-02-28T23:00:00Z |"
            + " 2031-02-28T23:00:00Z",
        "2025-03.italy | ROUTING | traffic 10 years | start_of_next_year | 2025-12-31T23:00:00Z |"
            + " 2035-12-31T23:00:00Z",
      })
  void shouldNameRuleAnchorAndInstant(
      String month, Privacy privacy, String rule, String anchor, String anchorAt, String erased) {
    Explanation explanation = explainer().explain(MonthId.parse(month), privacy);

    assertThat(explanation.rule()).isEqualTo(rule);
    assertThat(explanation.anchor()).isEqualTo(anchor);
    assertThat(explanation.anchorAt()).isEqualTo(anchorAt == null ? null : Instant.parse(anchorAt));
    assertThat(explanation.erasedAt()).isEqualTo(erased);
    assertThat(explanation.policyVersion()).isEqualTo(3);
  }

  @Test
  void shouldSayWhereARuleStandsAndWhetherItWasChecked() {
    Explanation italy = explainer().explain(MonthId.parse("2025-03.italy"), Privacy.IDENTITY);

    assertThat(italy.retentionClass()).isEqualTo("italy");
    assertThat(italy.zone()).isEqualTo("Europe/Rome");
    assertThat(italy.source()).isEqualTo("test");
    assertThat(italy.verified()).isFalse();
    assertThat(italy.legalBasis()).isEqualTo("a law");
  }

  @ParameterizedTest
  @CsvSource({
    "sale_price_nanos, rating.sale_price_nanos, traffic 10 years",
    "submission.recipient, submission.recipient, identities 12 months",
    "client_ref, submission.client_ref, identities 12 months",
    "record_id, record_id, traffic 10 years",
    "usage.ip, usage.ip, usage 36 months",
  })
  void shouldExplainAField(String name, String path, String rule) {
    assertThat(explainer().explain(MonthId.parse("2025-03.default"), name))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.field()).isEqualTo(path);
              assertThat(one.rule()).isEqualTo(rule);
              assertThat(one.atStrip()).isNull();
            });
  }

  @Test
  void shouldExplainEveryFieldOfAName() {
    MonthId month = MonthId.parse("2025-03.default");

    assertThat(explainer().explain(month, "mcc_mnc"))
        .extracting(Explanation::field)
        .containsExactly("submission.mcc_mnc", "legs.mcc_mnc");
    assertThat(explainer().explain(month, "no_such_field")).isEmpty();
  }

  @Test
  void shouldSayThatAnUnknownClassIsKept() {
    Explanation gone = explainer().explain(MonthId.parse("2025-03.gone"), Privacy.IDENTITY);

    assertThat(gone.erasedAt()).isEqualTo(PolicyCalendar.NEVER);
    assertThat(gone.rule()).contains("does not know this class");
  }
}
