package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static vellum.core.retention.Billed.NOVEMBER;
import static vellum.core.retention.Billed.OCTOBER;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.billing.Party;
import vellum.core.billing.Posting;
import vellum.core.journal.OwnStreams;
import vellum.core.period.Stage;
import vellum.core.record.AccountId;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.rerating.Rate;
import vellum.core.rerating.RateTable;
import vellum.core.rerating.RerateParts;
import vellum.core.rerating.RerateRun;
import vellum.core.rerating.RerateScope;
import vellum.core.rerating.Rerating;
import vellum.core.rerating.RunStore;
import vellum.core.seal.SuspenseRules;
import vellum.core.seal.TestRecords;
import vellum.core.settlement.StatementRead;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Rating;

/** Re-rating of a period that is closed, live and archived. */
final class RerateClosedTest {

  private static final Party ACME = Billed.account("acme");
  private static final int ANY_FROM = Integer.MIN_VALUE;
  private static final int ANY_TO = Integer.MAX_VALUE;

  @TempDir Path directory;

  private static DetailRecord rated(int number, String plan, long version, long nanos) {
    Instant started = Instant.parse("2026-10-05T10:00:00Z");
    return DetailRecord.newBuilder()
        .setRecordId(
            RecordId.derived(started.toEpochMilli(), "acme", Integer.toString(number)).toString())
        .setStartedAt(TestRecords.timestamp(started))
        .setAccount("acme")
        .setChannel(Channel.SMS)
        .setRating(
            Rating.newBuilder()
                .setVersion(version)
                .setUnits(2)
                .setSalePriceNanos(nanos)
                .setCurrency("EUR")
                .setRatePlanVersion(plan))
        .build();
  }

  private static Rerating rerating(StripRig rig) {
    OwnStreams streams =
        new OwnStreams(
            rig.journal,
            () -> rig.newSealer(SuspenseRules.DEFAULTS),
            rig.epochs,
            () -> false,
            System::nanoTime);
    return new Rerating(
        new RerateParts(
            rig.finder,
            rig.months,
            rig.calendar,
            streams.open("rerate"),
            new RunStore(rig.control),
            rig.journal::forced,
            () -> rig.applier.progress().sequence(),
            () -> rig.wall));
  }

  /** Every unit costs so much from now on. */
  private static RerateRun rerate(StripRig rig, Rerating rerating, long unitNanos) {
    Rate rate =
        new Rate(2, new Rate.Match("", "", 0, 0, 0, "", 0), ANY_FROM, ANY_TO, unitNanos, "EUR");
    RerateScope scope = new RerateScope(List.of(AccountId.of("acme")), ANY_FROM, ANY_TO);
    String id =
        rerating
            .start(
                new Rerating.Order(
                    RateTable.of(List.of(rate)), new byte[] {(byte) unitNanos}, scope, true, "why"))
            .id();
    for (int i = 0; i < 1_000 && !rerating.run(id).orElseThrow().isOver(); i++) {
      rerating.doWork();
      rig.pump();
    }
    return rerating.run(id).orElseThrow();
  }

  private static List<String> postings(Billed billed, YearMonth period) {
    return billed.postings.list(ACME, period, null, 100).made().stream()
        .map(one -> text(one))
        .toList();
  }

  private static String text(Posting one) {
    return "%s %s %s run %d %d"
        .formatted(
            one.kind(),
            one.of(),
            one.cause().reason(),
            one.cause().run(),
            one.delta().amount().value());
  }

  @Test
  void shouldAdjustAClosedPeriodAndSayWhichRunItWas() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      Billed billed = new Billed(rig);
      Rerating rerating = rerating(rig);
      rig.send(List.of(rated(1, "plan-7", 1, 100), rated(2, "plan-7", 1, 50)));
      rig.pump();
      billed.close(ACME, OCTOBER);
      byte[] closed = billed.periods.show(ACME, OCTOBER, 0).statement();
      // when
      RerateRun run = rerate(rig, rerating, 30);
      rig.send(List.of(rated(1, "plan-8", 9, 61)));
      rig.pump();
      // then
      assertThat(run.state()).as(run.trouble()).isEqualTo(RerateRun.State.DONE);
      assertThat(postings(billed, NOVEMBER))
          .containsExactlyInAnyOrder(
              "ADJUSTMENT 2026-10 RERATED run 1 -40",
              "ADJUSTMENT 2026-10 RERATED run 1 10",
              "ADJUSTMENT 2026-10 RATING_CHANGED run 0 1");
      JsonNode lines =
          StatementRead.tree(billed.periods.preview(ACME, NOVEMBER).statement())
              .path("adjustments");
      assertThat(lines)
          .extracting(line -> line.path("reason").asText() + " " + line.path("amount_nanos"))
          .containsExactlyInAnyOrder("RERATED \"-30\"", "RATING_CHANGED \"1\"");
      assertThat(billed.periods.show(ACME, OCTOBER, 0).statement()).isEqualTo(closed);
      assertThat(billed.periods.verify(ACME, OCTOBER, 0).isGood()).isTrue();

      // when the month is archived
      rig.moveTo(Instant.parse("2027-11-01T00:00:00Z"));
      rig.settle();
      billed.close(ACME, NOVEMBER);
      RerateRun second = rerate(rig, rerating, 40);

      // then
      assertThat(rig.stage(MonthId.parse("2026-10.default"))).isEqualTo(Stage.ARCHIVED);
      assertThat(second.state()).as(second.trouble()).isEqualTo(RerateRun.State.DONE);
      assertThat(postings(billed, NOVEMBER)).hasSize(3);
      assertThat(postings(billed, NOVEMBER.plusMonths(1)))
          .containsExactlyInAnyOrder(
              "ADJUSTMENT 2026-10 RERATED run 2 19", "ADJUSTMENT 2026-10 RERATED run 2 20");
      assertThat(billed.periods.verify(ACME, OCTOBER, 0).isGood()).isTrue();
      assertThat(billed.periods.verify(ACME, NOVEMBER, 0).isGood()).isTrue();
    }
  }

  @Test
  void shouldNoteARunInAnOpenPeriodForInformation() {
    try (StripRig rig = new StripRig(directory)) {
      Billed billed = new Billed(rig);
      rig.send(List.of(rated(1, "plan-7", 1, 100)));
      rig.pump();

      rerate(rig, rerating(rig), 30);

      assertThat(postings(billed, OCTOBER)).containsExactly("CHANGE 2026-10 RERATED run 1 -40");
    }
  }
}
