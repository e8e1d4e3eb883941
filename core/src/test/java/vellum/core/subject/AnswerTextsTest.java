package vellum.core.subject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import vellum.core.policy.RetentionPolicy;
import vellum.core.retention.ErasureCertificate;

final class AnswerTextsTest {

  private final AnswerTexts texts = AnswerTexts.read();

  @Test
  void shouldTakePeriodsFromThePolicyInForce() {
    // given
    RetentionPolicy policy =
        RetentionPolicy.parse(
            """
            format: 1
            classes:
              - name: default
                zone: UTC
                identities: 6 months
                traffic: 7 years
                usage: 12 months
                content: instruction
                strip_profile: default
                verified: true
                source: a contract
            """);
    // then
    assertThat(texts.periods(policy).toString())
        .contains("6 months", "7 years", "12 months", "customer instructs")
        .doesNotContain("{");
    assertThat(texts.periods(RetentionPolicy.builtIn()).toString())
        .contains("12 months", "10 years", "36 months");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "controller",
        "source",
        "masked",
        "content_notice",
        "forward",
        "portability_refused"
      })
  void shouldHaveEveryText(String name) {
    assertThat(texts.text(name)).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"purposes", "recipients", "rights"})
  void shouldHaveEveryList(String name) {
    assertThat(texts.list(name)).isNotEmpty().doesNotContain("");
  }

  @ParameterizedTest
  @EnumSource(RequestKind.class)
  void shouldEndEveryAnswerWithTheSentenceThatTellsNothing(RequestKind kind) {
    assertThat(texts.statement(kind)).contains("except where law requires");
  }

  @Test
  void shouldSayOfAnErasureWhatCertificatesSay() {
    assertThat(texts.statement(RequestKind.ERASURE)).isEqualTo(ErasureCertificate.HELD_STATEMENT);
  }

  @Test
  void shouldHaveAReasonForPortabilityThatFitsTheTrail() {
    assertThat(texts.text("portability_refused").length()).isLessThanOrEqualTo(Texts.MOST_REASON);
  }
}
