package vellum.core.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.retention.Billed.NOVEMBER;
import static vellum.core.retention.Billed.OCTOBER;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.billing.Party;
import vellum.core.period.FoundRecord;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.record.RecordId;
import vellum.core.seal.TestRecords;
import vellum.core.settlement.AdjustedRecords;
import vellum.core.settlement.MonthBooks;
import vellum.core.settlement.PeriodDesk;
import vellum.core.settlement.SettlementException;
import vellum.core.settlement.StatementRead;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Rating;

/** From the adjustments of a statement to the records that they are of. */
final class AdjustedRecordsTest {

  private static final Party ACME = Billed.account("acme");
  private static final Instant AT = Instant.parse("2026-10-05T10:00:00Z");

  @TempDir Path directory;

  private static DetailRecord rated(int number, Channel channel, long version, long nanos) {
    Instant started = AT.plusSeconds(number);
    return DetailRecord.newBuilder()
        .setRecordId(
            RecordId.derived(started.toEpochMilli(), "acme", Integer.toString(number)).toString())
        .setStartedAt(TestRecords.timestamp(started))
        .setAccount("acme")
        .setChannel(channel)
        .setRating(
            Rating.newBuilder()
                .setVersion(version)
                .setUnits(1)
                .setSalePriceNanos(nanos)
                .setCurrency("EUR"))
        .build();
  }

  /** October is closed; two prices change, two records are late, of two channels. */
  private static Billed adjusted(StripRig rig) {
    rig.send(List.of(rated(1, Channel.SMS, 1, 100), rated(2, Channel.SMS, 1, 50)));
    rig.pump();
    Billed billed = new Billed(rig);
    billed.close(ACME, OCTOBER);
    rig.send(
        List.of(
            rated(1, Channel.SMS, 2, 130),
            rated(2, Channel.SMS, 2, 55),
            rated(3, Channel.SMS, 1, 7),
            rated(4, Channel.VOICE, 1, 9)));
    rig.pump();
    return billed;
  }

  private static AdjustedRecords records(StripRig rig) {
    return new AdjustedRecords(new MonthBooks(rig.months, rig.catalog));
  }

  /** The postings of all lines add up to them; the seconds of the records by line. */
  private static List<List<Long>> secondsByLine(StripRig rig, PeriodDesk.Shown shown) {
    JsonNode lines = StatementRead.tree(shown.statement()).path("adjustments");
    List<List<Long>> seconds = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      AdjustedRecords.Page page = records(rig).list(shown, i + 1, null, 10);
      assertThat(page.line()).isEqualTo(lines.get(i));
      assertThat(page.next()).isNull();
      assertThat(
              page.postings().stream()
                  .map(one -> one.posting().delta().amount().value())
                  .reduce(BigInteger.ZERO, BigInteger::add))
          .hasToString(lines.get(i).path("amount_nanos").asText());
      seconds.add(
          page.postings().stream()
              .map(one -> one.record().orElseThrow().startedAtMicros() / 1_000_000)
              .map(second -> second - AT.getEpochSecond())
              .sorted()
              .toList());
    }
    return seconds;
  }

  @Test
  void shouldFindTheRecordsOfEachLineAlsoInTheArchive() {
    try (StripRig rig = new StripRig(directory)) {
      // given
      Billed billed = adjusted(rig);
      List<List<Long>> live = secondsByLine(rig, billed.periods.preview(ACME, NOVEMBER));
      assertThat(live).containsExactlyInAnyOrder(List.of(1L, 2L), List.of(3L), List.of(4L));
      // when October has no identities any more, and November is closed
      rig.moveTo(Instant.parse("2027-11-01T00:00:00Z"));
      rig.settle();
      billed.close(ACME, NOVEMBER);
      // then
      assertThat(rig.stage(MonthId.parse("2026-10.default"))).isEqualTo(Stage.ARCHIVED);
      PeriodDesk.Shown november = billed.periods.show(ACME, NOVEMBER, 0);
      assertThat(secondsByLine(rig, november)).isEqualTo(live);
      assertThat(records(rig).list(november, 1, null, 10).postings())
          .allSatisfy(
              one -> assertThat(one.record()).containsInstanceOf(FoundRecord.Stripped.class));
    }
  }

  @Test
  void shouldGoOnWhereAPageEndedAndLeaveOutWhatCameAfterTheClosing() {
    try (StripRig rig = new StripRig(directory)) {
      // given November's bill as it is now, then another change of a price
      Billed billed = adjusted(rig);
      PeriodDesk.Shown shown = billed.periods.preview(ACME, NOVEMBER);
      JsonNode lines = StatementRead.tree(shown.statement()).path("adjustments");
      int number = 1;
      while (!lines.path(number - 1).path("reason").asText().equals("RATING_CHANGED")) {
        number++;
      }
      rig.send(List.of(rated(1, Channel.SMS, 3, 140)));
      rig.pump();
      // when
      AdjustedRecords.Page first = records(rig).list(shown, number, null, 1);
      AdjustedRecords.Page second = records(rig).list(shown, number, first.next(), 1);
      // then
      assertThat(first.next()).isNotNull();
      assertThat(second.next()).isNull();
      assertThat(List.of(first.postings().get(0), second.postings().get(0)))
          .extracting(one -> one.posting().delta().amount().value())
          .containsExactlyInAnyOrder(BigInteger.valueOf(30), BigInteger.valueOf(5));
      assertThatThrownBy(() -> records(rig).list(shown, 4, null, 1))
          .isInstanceOf(SettlementException.BadReference.class)
          .hasMessageContaining("no adjustment 4");
    }
  }
}
