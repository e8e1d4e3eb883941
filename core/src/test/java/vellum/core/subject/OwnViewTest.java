package vellum.core.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.seal.TestRecords.party;
import static vellum.core.subject.SubjectFixture.NUMBER;
import static vellum.core.subject.SubjectFixture.number;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import vellum.core.casefile.CaseSubject;
import vellum.core.seal.TestRecords;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Leg;
import vellum.v1.Party;
import vellum.v1.Rating;
import vellum.v1.Submission;

final class OwnViewTest {

  private static final String OTHER = "+491755555555";

  @Test
  void shouldShowThePersonAndMaskEverybodyElse() {
    // given
    DetailRecord record = call();
    OwnView view = new OwnView(List.of(number(NUMBER, "2026-11-01T00:00:00Z", null)));
    // when
    DetailRecord seen = view.of(record);
    // then
    assertThat(view.isOwn(record, 0, 1)).isTrue();
    assertThat(seen.getSubmission().getRecipient())
        .isEqualTo(record.getSubmission().getRecipient());
    assertThat(seen.getSubmission().getSender().getIdentifiers(0).getValue())
        .startsWith("+4917")
        .contains("****");
    assertThat(seen.toString())
        .doesNotContain(OTHER.substring(1))
        .doesNotContain("anna@mail.example")
        .doesNotContain("Caller")
        .doesNotContain("ref-of-customer")
        .doesNotContain("s3://content");
    assertThat(seen.getRating().getSalePriceNanos()).isEqualTo(7);
    assertThat(seen.getRating().getCostPriceNanos()).isZero();
    assertThat(seen.getLegs(0).getCostNanos()).isZero();
    assertThat(seen.getLegs(0).getSupplier()).isEqualTo("tele-x");
  }

  @Test
  void shouldMaskThePersonsNumberOutsideTheProvenInterval() {
    // given: the number was somebody else's before
    OwnView view =
        new OwnView(List.of(number(NUMBER, "2026-11-16T00:00:00Z", "2026-11-18T00:00:00Z")));
    // when
    DetailRecord seen = view.of(call());
    // then
    assertThat(view.isOwn(call(), 0, 1)).isFalse();
    assertThat(seen.toString()).doesNotContain(NUMBER.substring(1));
  }

  @Test
  void shouldKnowAPersonByAnyIdentifierOfAParty() {
    // given
    ProvenSubject mail =
        ProvenSubject.of(
            CaseSubject.of(CaseSubject.Kind.ADDRESS, "Anna@Mail.Example"),
            null,
            null,
            SubjectFixture.NOW);
    OwnView view = new OwnView(List.of(mail));
    // when
    DetailRecord seen = view.of(call());
    // then: both of the party's identifiers are the person's
    assertThat(seen.getSubmission().getForwardedFrom())
        .isEqualTo(call().getSubmission().getForwardedFrom());
    assertThat(seen.getSubmission().getRecipient().getIdentifiers(0).getValue()).contains("****");
  }

  @Test
  void shouldShowTheCallerTheirOwnName() {
    OwnView view = new OwnView(List.of(number(OTHER, "2026-11-01T00:00:00Z", null)));
    assertThat(view.of(call()).getSubmission().getCallerName()).isEqualTo("Caller");
  }

  private static DetailRecord call() {
    return TestRecords.header(1, Instant.parse("2026-11-15T08:30:00Z"))
        .setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setSender(party(IdentifierKind.E164, OTHER))
                .setRecipient(party(IdentifierKind.E164, NUMBER))
                .setForwardedFrom(
                    Party.newBuilder()
                        .addIdentifiers(
                            Identifier.newBuilder()
                                .setKind(IdentifierKind.EMAIL_ADDRESS)
                                .setValue("anna@mail.example"))
                        .addIdentifiers(
                            Identifier.newBuilder()
                                .setKind(IdentifierKind.CHANNEL_USER_ID)
                                .setValue("anna-77")))
                .setCallerName("Caller")
                .setClientRef("ref-of-customer")
                .setContentReference("s3://content"))
        .setRating(Rating.newBuilder().setSalePriceNanos(7).setCostPriceNanos(3))
        .addLegs(Leg.newBuilder().setNumber(1).setSupplier("tele-x").setCostNanos(3))
        .build();
  }
}
