package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.retention.Billed.NOVEMBER;
import static vellum.core.retention.Billed.OCTOBER;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.billing.Posting;
import vellum.core.period.Place;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.seal.TestRecords;
import vellum.core.settlement.Closing;
import vellum.core.settlement.ManualPosting;
import vellum.core.settlement.PeriodDesk;
import vellum.core.settlement.PostingDesk;
import vellum.core.settlement.SettlementException;
import vellum.core.settlement.StatementRead;
import vellum.core.settlement.Verification;
import vellum.v1.Channel;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.Rating;
import vellum.v1.StatusGroup;

final class PeriodClosingTest {

  private static final Party ACME = Billed.account("acme");
  private static final Party CARRIER = Billed.supplier("carrier");

  @TempDir Path directory;

  private static DetailRecord.Builder header(int number, String at) {
    Instant started = Instant.parse(at);
    return DetailRecord.newBuilder()
        .setRecordId(
            RecordId.derived(started.toEpochMilli(), "acme", Integer.toString(number)).toString())
        .setStartedAt(TestRecords.timestamp(started))
        .setAccount("acme")
        .setChannel(Channel.SMS);
  }

  private static DetailRecord rated(int number, String at, long version, long nanos) {
    return header(number, at)
        .setRating(
            Rating.newBuilder()
                .setVersion(version)
                .setUnits(1)
                .setSalePriceNanos(nanos)
                .setCurrency("EUR"))
        .build();
  }

  private static DetailRecord leg(int number, String at, long version, long nanos) {
    return header(number, at)
        .addLegs(
            Leg.newBuilder()
                .setVersion(version)
                .setNumber(1)
                .setSupplier("carrier")
                .setRoute("r1")
                .setCostNanos(nanos)
                .setCurrency("USD"))
        .build();
  }

  private static DetailRecord delivered(int number, String at, long version) {
    return header(number, at)
        .setDelivery(
            Delivery.newBuilder().setVersion(version).setStatusGroup(StatusGroup.DELIVERED))
        .build();
  }

  private static final String AT = "2026-10-05T10:00:00Z";

  /** Two records of October, applied. */
  private StripRig applied(Path path) {
    StripRig rig = new StripRig(path);
    rig.send(List.of(rated(1, AT, 1, 100), leg(1, AT, 1, 40), rated(2, AT, 1, 50)));
    rig.pump();
    return rig;
  }

  private static JsonNode tree(PeriodDesk.Shown shown) {
    return StatementRead.tree(shown.statement());
  }

  @Test
  void shouldPostWhatComesLateToTheNextOpenPeriodWithItsReason() {
    try (StripRig rig = applied(directory)) {
      // given
      Billed billed = new Billed(rig);
      byte[] closed = statement(billed, billed.close(ACME, OCTOBER).closing());
      // when
      rig.send(List.of(rated(1, AT, 2, 130), rated(3, AT, 1, 7), delivered(2, AT, 1)));
      rig.pump();
      rig.moveTo(Instant.parse("2026-12-01T00:00:00Z"));
      Closing november = billed.close(ACME, NOVEMBER).closing();
      // then
      PeriodDesk.Shown shown = billed.periods.show(ACME, NOVEMBER, 0);
      JsonNode adjustments = tree(shown).path("adjustments");
      assertThat(adjustments)
          .extracting(
              line ->
                  line.path("record_period").asText()
                      + " "
                      + line.path("reason").asText()
                      + " "
                      + line.path("status_group").asText()
                      + " "
                      + line.path("count").asText()
                      + " "
                      + line.path("amount_nanos").asText())
          .containsExactlyInAnyOrder(
              "2026-10 RATING_CHANGED  0 30",
              "2026-10 LATE_RECORD  1 7",
              "2026-10 LATE_STATUS  -1 -50",
              "2026-10 LATE_STATUS DELIVERED 1 50");
      assertThat(november.statement().totals()).containsEntry("EUR", "0.000000037");
      assertThat(statement(billed, billed.periods.show(ACME, OCTOBER, 0).closing()))
          .isEqualTo(closed);
      assertThat(billed.periods.verify(ACME, OCTOBER, 0).isGood()).isTrue();
    }
  }

  private static byte[] statement(Billed billed, Closing closing) {
    return billed.periods.show(closing.party(), closing.period(), closing.revision()).statement();
  }

  @Test
  void shouldPageThroughPostingsOfBothKindsAndSeveralMonths() {
    try (StripRig rig = applied(directory)) {
      // given: on November's bill, adjustments of October and changes of November
      Billed billed = new Billed(rig);
      billed.close(ACME, OCTOBER);
      String november = "2026-11-05T10:00:00Z";
      rig.send(List.of(rated(1, AT, 2, 130), rated(2, AT, 2, 51), rated(8, november, 1, 10)));
      rig.send(List.of(rated(3, AT, 1, 7), rated(8, november, 2, 11), rated(8, november, 3, 12)));
      rig.pump();
      billed.postings.add(refund(NOVEMBER, "-1"), "operator", false);
      PostingDesk.Listed all = billed.postings.list(ACME, NOVEMBER, null, 10);
      assertThat(all.next()).isNull();
      assertThat(all.made())
          .extracting(Posting::kind)
          .containsExactly(
              Posting.Kind.ADJUSTMENT,
              Posting.Kind.ADJUSTMENT,
              Posting.Kind.ADJUSTMENT,
              Posting.Kind.CHANGE,
              Posting.Kind.CHANGE);
      for (int limit = 1; limit <= 5; limit++) {
        // when
        List<Posting> made = new ArrayList<>();
        int manual = 0;
        Place after = null;
        do {
          PostingDesk.Listed page = billed.postings.list(ACME, NOVEMBER, after, limit);
          assertThat(page.made()).hasSizeBetween(1, limit);
          made.addAll(page.made());
          manual += page.manual().size();
          after = page.next();
        } while (after != null);
        // then
        assertThat(made)
            .extracting(Posting::origin)
            .isEqualTo(all.made().stream().map(Posting::origin).toList());
        assertThat(manual).isEqualTo(1);
      }
    }
  }

  @Test
  void shouldNoteMoneyThatChangesInAnOpenPeriodAndBillItThere() {
    try (StripRig rig = applied(directory)) {
      Billed billed = new Billed(rig);
      rig.send(List.of(rated(1, AT, 2, 130), leg(1, AT, 2, 41), delivered(2, AT, 1)));
      rig.pump();
      PostingDesk.Listed sale = billed.postings.list(ACME, OCTOBER, null, 10);
      PostingDesk.Listed cost = billed.postings.list(CARRIER, OCTOBER, null, 10);
      assertThat(sale.made()).isNotEmpty();
      assertThat(sale.made())
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.kind()).isEqualTo(Posting.Kind.CHANGE);
                assertThat(one.delta().amount().value()).isEqualTo(30);
                assertThat(one.cause().version()).isEqualTo(2);
              });
      assertThat(cost.made())
          .singleElement()
          .satisfies(one -> assertThat(one.delta().amount().value()).isEqualTo(1));
      assertThat(billed.close(ACME, OCTOBER).closing().statement().totals())
          .containsEntry("EUR", "0.00000018");
    }
  }

  @Test
  void shouldKeepBothRevisionsOfAPeriodThatWasReopened() {
    try (StripRig rig = applied(directory)) {
      // given
      Billed billed = new Billed(rig);
      byte[] first = statement(billed, billed.close(CARRIER, OCTOBER).closing());
      // when
      rig.send(List.of(leg(1, AT, 2, 45)));
      rig.pump();
      Closing reopened =
          billed.periods.reopen(CARRIER, OCTOBER, "a wrong rate sheet", "operator", false);
      rig.send(List.of(leg(1, AT, 3, 60), leg(2, AT, 1, 5)));
      rig.pump();
      Closing second = billed.close(CARRIER, OCTOBER).closing();
      // then what came while it was closed stays on November's bill
      assertThat(reopened.reopening().reason()).isEqualTo("a wrong rate sheet");
      assertThat(second.revision()).isEqualTo(2);
      assertThat(second.statement().totals()).containsEntry("USD", "0.00000006");
      JsonNode november = tree(billed.periods.preview(CARRIER, NOVEMBER));
      assertThat(november.at("/totals/0/total_nanos").asText()).isEqualTo("5");
      assertThat(billed.periods.show(CARRIER, OCTOBER, 1).statement()).isEqualTo(first);
      assertThat(billed.periods.verify(CARRIER, OCTOBER, 1).isGood()).isTrue();
      assertThat(billed.periods.verify(CARRIER, OCTOBER, 1).again()).isNotNull();
      assertThat(billed.periods.verify(CARRIER, OCTOBER, 2).isGood()).isTrue();
      assertThat(billed.periods.list(null, null, null)).hasSize(2);
    }
  }

  @Test
  void shouldRefuseByNameAndChangeNothing() {
    try (StripRig rig = applied(directory)) {
      Billed billed = new Billed(rig);
      assertThatThrownBy(() -> billed.close(ACME, NOVEMBER))
          .isInstanceOf(SettlementException.PeriodNotOver.class)
          .hasMessageContaining("2026-12-01T00:00:00Z");
      assertThatThrownBy(() -> billed.close(Billed.account("nobody"), OCTOBER))
          .isInstanceOf(SettlementException.UnknownAccount.class);
      assertThatThrownBy(() -> billed.close(Billed.supplier("nobody"), OCTOBER))
          .isInstanceOf(SettlementException.UnknownSupplier.class);
      assertThatThrownBy(() -> billed.periods.show(ACME, OCTOBER, 0))
          .isInstanceOf(SettlementException.NotClosed.class);
      assertThatThrownBy(() -> billed.close(ACME, YearMonth.of(2015, 12)))
          .isInstanceOf(SettlementException.PeriodGone.class);
      assertThatThrownBy(() -> billed.periods.reopen(ACME, OCTOBER, "because", "operator", false))
          .isInstanceOf(SettlementException.NotClosed.class);
      billed.close(ACME, OCTOBER);
      assertThatThrownBy(() -> billed.close(ACME, OCTOBER))
          .isInstanceOf(SettlementException.AlreadyClosed.class)
          .hasMessageContaining("revision 1");
      assertThatThrownBy(() -> billed.periods.show(ACME, OCTOBER, 2))
          .isInstanceOf(SettlementException.NoSuchRevision.class);
      assertThatThrownBy(
              () -> billed.periods.reopen(ACME, OCTOBER, "call +491701234567", "op", false))
          .isInstanceOf(SettlementException.BadReason.class);
      assertThat(billed.periods.list(null, null, null)).hasSize(1);
    }
  }

  @Test
  void shouldCloseNothingInADryRun() {
    try (StripRig rig = applied(directory)) {
      Billed billed = new Billed(rig);
      List<PeriodDesk.Result> results =
          billed.periods.closeAll(Cube.SALE, OCTOBER, "operator", true);
      assertThat(results)
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.outcome()).isEqualTo(PeriodDesk.Outcome.WOULD_CLOSE);
                assertThat(one.closing().statement().totals()).containsEntry("EUR", "0.00000015");
              });
      assertThat(billed.periods.list(null, null, null)).isEmpty();
      assertThat(rig.closings.closings().mayTouch(0)).isFalse();
    }
  }

  @Test
  void shouldCloseEveryoneForWhomThePeriodIsOver() {
    String yaml =
        """
        format: 1
        accounts:
          - id: acme
            terms:
              - {from: 2026-01-01, billing_zone: Asia/Kolkata, currency: INR, law_country: IN}
          - id: quiet
            terms:
              - {from: 2026-01-01, billing_zone: America/New_York, currency: USD, law_country: US}
        suppliers: []
        """;
    try (StripRig rig = new StripRig(directory, Instant.parse("2026-11-01T02:00:00Z"))) {
      rig.registry.importYaml(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
      Billed billed = new Billed(rig);
      // the last half hour of October in Kolkata, the first of November
      rig.send(
          List.of(
              rated(1, "2026-10-31T18:29:59Z", 1, 3), rated(2, "2026-10-31T18:30:00Z", 1, 500)));
      rig.pump();
      // when
      List<PeriodDesk.Result> results =
          billed.periods.closeAll(Cube.SALE, OCTOBER, "operator", false);
      // then
      assertThat(results)
          .extracting(one -> one.closing().party().id() + " " + one.outcome())
          .containsExactly("acme CLOSED", "quiet NOT_OVER");
      assertThat(results.get(0).closing().zones()).containsExactly("Asia/Kolkata");
      assertThat(results.get(0).closing().statement().totals()).containsEntry("EUR", "0.000000003");
      rig.moveTo(Instant.parse("2026-11-01T04:00:00Z"));
      assertThat(billed.periods.closeAll(Cube.SALE, OCTOBER, "operator", false))
          .extracting(one -> one.closing().party().id() + " " + one.outcome())
          .containsExactly("acme ALREADY_CLOSED", "quiet CLOSED");
    }
  }

  @Test
  void shouldGoOnWithAClosingWhoseStatementACrashPrevented() {
    Path copy = directory.resolve("copy");
    try (StripRig rig = applied(directory.resolve("first"))) {
      Billed billed = new Billed(rig);
      billed.beforeStatements = () -> Copies.copy(rig.directory, copy);
      billed.close(ACME, OCTOBER);
      rig.send(List.of(rated(1, AT, 2, 130)));
    }
    try (StripRig rig = new StripRig(copy)) {
      Billed billed = new Billed(rig);
      rig.send(List.of(rated(1, AT, 2, 999)));
      rig.pump();
      PeriodDesk.Shown shown = billed.periods.show(ACME, OCTOBER, 0);
      assertThat(shown.closing().statement().totals()).containsEntry("EUR", "0.00000015");
      assertThat(billed.periods.verify(ACME, OCTOBER, 0).isGood()).isTrue();
    }
  }

  @Test
  void shouldSeeThatAStoredStatementOrARecordWasChanged() {
    try (StripRig rig = applied(directory)) {
      Billed billed = new Billed(rig);
      billed.close(ACME, OCTOBER);
      rig.applier.tell((change, batch) -> {});
      rig.send(List.of(rated(1, AT, 2, 130)));
      rig.pump();
      Verification found = billed.periods.verify(ACME, OCTOBER, 0);
      assertThat(found.isIntact()).isTrue();
      assertThat(found.isGood()).isFalse();
    }
  }

  @Test
  void shouldTakePostingsByHandOntoOpenBillsOnly() {
    try (StripRig rig = applied(directory)) {
      Billed billed = new Billed(rig);
      ManualPosting refund = billed.postings.add(refund(OCTOBER, "-12.5"), "operator", false);
      assertThat(refund.number()).isEqualTo(1);
      assertThat(billed.postings.add(refund(OCTOBER, "-1"), "operator", true).number())
          .isEqualTo(2);
      billed.close(ACME, OCTOBER);
      assertThat(billed.periods.show(ACME, OCTOBER, 0).closing().statement().totals())
          .containsEntry("EUR", "-12.49999985");
      assertThatThrownBy(() -> billed.postings.add(refund(OCTOBER, "-1"), "operator", false))
          .isInstanceOf(SettlementException.AlreadyClosed.class);
      assertThatThrownBy(
              () -> billed.postings.add(refund(NOVEMBER.plusMonths(1), "-1"), "op", false))
          .isInstanceOf(SettlementException.PeriodNotBegun.class);
      assertThatThrownBy(() -> billed.postings.add(refund(NOVEMBER, "1"), "operator", false))
          .isInstanceOf(SettlementException.BadAmount.class)
          .hasMessageContaining("below zero");
      // when a wrong one is taken back, once
      ManualPosting reversal = billed.postings.add(reversal(refund.number()), "operator", false);
      assertThat(reversal.nanos()).isEqualTo(refund.nanos().negate());
      assertThatThrownBy(() -> billed.postings.add(reversal(refund.number()), "operator", false))
          .isInstanceOf(SettlementException.BadReference.class)
          .hasMessageContaining("reversed already");
      assertThat(billed.postings.list(ACME, null, null, 10).manual()).hasSize(2);
    }
  }

  private static PostingDesk.Request refund(YearMonth period, String amount) {
    return new PostingDesk.Request(
        ACME, period, ManualPosting.Kind.REFUND, amount, "EUR", "agreed", null, null, 0);
  }

  private static PostingDesk.Request reversal(long of) {
    return new PostingDesk.Request(
        ACME, NOVEMBER, ManualPosting.Kind.REVERSAL, null, null, "twice", null, null, of);
  }

  @Test
  void shouldReferToALineThatIsThere() {
    try (StripRig rig = applied(directory)) {
      Billed billed = new Billed(rig);
      billed.close(ACME, OCTOBER);
      ManualPosting posting = billed.postings.add(about("2026-10/1/1"), "operator", false);
      assertThat(posting.reference().line()).isEqualTo("2026-10/1/1");
      for (String wrong : List.of("2026-10/1/2", "2026-10/1", "x")) {
        assertThatThrownBy(() -> billed.postings.add(about(wrong), "operator", false))
            .isInstanceOf(SettlementException.BadReference.class);
      }
    }
  }

  private static PostingDesk.Request about(String line) {
    return new PostingDesk.Request(
        ACME, NOVEMBER, ManualPosting.Kind.DISPUTE, "-1", "EUR", "agreed", null, line, 0);
  }

  @Test
  void shouldRemoveStatementsAndPostingsWithTheirYear() {
    try (StripRig rig = applied(directory)) {
      // given
      Billed billed = new Billed(rig);
      billed.postings.add(refund(OCTOBER, "-1"), "operator", false);
      billed.close(ACME, OCTOBER);
      // when the last month of the year is gone
      rig.moveTo(Instant.parse("2027-11-01T00:00:00Z"));
      rig.settle();
      assertThat(billed.periods.verify(ACME, OCTOBER, 0).isGood()).isTrue();
      rig.moveTo(Instant.parse("2036-12-31T23:59:59Z"));
      rig.settle();
      assertThat(billed.periods.list(null, null, null)).hasSize(1);
      rig.moveTo(Instant.parse("2037-01-01T00:00:00Z"));
      rig.settle();
      // then
      assertThat(rig.stage(MonthId.parse("2026-10.default"))).isEqualTo(Stage.EXPIRED);
      assertThat(billed.periods.list(null, null, null)).isEmpty();
      assertThatThrownBy(() -> billed.postings.list(ACME, null, null, 10))
          .isInstanceOf(SettlementException.UnknownAccount.class);
      assertThat(rig.closings.closings().wasClosed(ACME, OCTOBER, Long.MAX_VALUE)).isFalse();
      assertThatThrownBy(() -> billed.periods.show(ACME, OCTOBER, 0))
          .isInstanceOf(SettlementException.PeriodGone.class);
    }
  }
}
