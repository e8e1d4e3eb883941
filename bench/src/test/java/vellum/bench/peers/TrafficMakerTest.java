package vellum.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrafficMakerTest {

  private static final int RECORDS = 12_000;

  @TempDir static Path traffic;
  private static final Map<Slice, List<PeerRecord>> MESSAGES = new EnumMap<>(Slice.class);
  private static Questions questions;

  @BeforeAll
  static void makeTraffic() throws IOException {
    new TrafficMaker(traffic, RECORDS, 7).make(Duration.ofSeconds(1), 500);
    questions = Questions.read(traffic);
    for (Slice slice : Slice.values()) {
      List<PeerRecord> all = new ArrayList<>();
      try (RecordFeed feed = new RecordFeed(slice.file(traffic), 0)) {
        List<PeerRecord> some = feed.next(999);
        while (!some.isEmpty()) {
          all.addAll(some);
          some = feed.next(999);
        }
      }
      MESSAGES.put(slice, all);
    }
  }

  @Test
  void shouldSendEveryHundredthRecordTwice() {
    // when
    long distinct = distinct(Slice.LOAD_8).size();

    // then
    assertThat(distinct).isEqualTo(RECORDS / 3).isEqualTo(questions.distinct().get(Slice.LOAD_8));
    assertThat(MESSAGES.get(Slice.LOAD_8).size() - distinct).isBetween(20L, 80L);
  }

  @Test
  void shouldKeepWhatMustBeFoundAloneWithinItsTime() {
    for (Slice slice : List.of(Slice.HISTORY, Slice.QUESTIONS, Slice.CRASH)) {
      LongSummaryStatistics times = times(slice);
      assertThat(times.getMin()).isGreaterThanOrEqualTo(slice.fromMicros());
      assertThat(times.getMax()).isLessThan(slice.untilMicros());
    }
  }

  @Test
  void shouldStartAllLoadsInTheCurrentMonth() {
    // given
    long from = Slice.CURRENT.atDay(1).toEpochDay() * 86_400_000_000L;

    // then
    for (Slice slice : List.of(Slice.LOAD_1, Slice.LOAD_8, Slice.LOAD_64)) {
      assertThat(times(slice).getMin()).isGreaterThanOrEqualTo(from);
    }
  }

  private static LongSummaryStatistics times(Slice slice) {
    return MESSAGES.get(slice).stream()
        .mapToLong(record -> record.number(PeerColumn.STARTED_AT))
        .summaryStatistics();
  }

  @Test
  void shouldKnowTheTotalsOfTheLoads() {
    // given
    List<PeerRecord> loads = loads();

    // then
    Peer.Totals totals = questions.totals();
    assertThat(totals.records()).isEqualTo(RECORDS).isEqualTo(loads.size());
    assertThat(totals.units())
        .isEqualTo(loads.stream().mapToLong(r -> r.number(PeerColumn.UNITS)).sum());
    assertThat(totals.saleNanos())
        .isEqualTo(loads.stream().mapToLong(r -> r.number(PeerColumn.SALE_NANOS)).sum());
  }

  @Test
  void shouldKnowHowManyRecordsANumberAndAnHourHave() {
    // given
    List<PeerRecord> asked = loads();
    asked.addAll(distinct(Slice.HISTORY).values());

    // then
    assertThat(questions.numbers()).isNotEmpty();
    for (Questions.Subject number : questions.numbers().subList(0, 10)) {
      assertThat(asked.stream().filter(r -> r.subjects().contains(number.number())).count())
          .isEqualTo(number.records());
    }
    Questions.Hour hour = questions.hours().get(0);
    assertThat(
            loads().stream()
                .filter(r -> r.text(PeerColumn.ACCOUNT).equals(hour.account()))
                .filter(r -> r.number(PeerColumn.STARTED_AT) >= hour.fromMicros())
                .filter(r -> r.number(PeerColumn.STARTED_AT) < hour.toMicros())
                .count())
        .isEqualTo(hour.records());
  }

  @Test
  void shouldAskOnlyForOldNumbersThatNoLaterRecordHas() {
    // when
    List<PeerRecord> with =
        MESSAGES.values().stream()
            .flatMap(List::stream)
            .filter(r -> r.subjects().stream().anyMatch(questions.oldNumbers()::contains))
            .toList();

    // then
    assertThat(questions.oldNumbers()).isNotEmpty();
    assertThat(with)
        .isNotEmpty()
        .allSatisfy(r -> assertThat(r.number(PeerColumn.STARTED_AT)).isLessThan(Slice.OLDEST_ENDS));
  }

  private static List<PeerRecord> loads() {
    List<PeerRecord> all = new ArrayList<>();
    for (Slice slice : List.of(Slice.LOAD_1, Slice.LOAD_8, Slice.LOAD_64)) {
      all.addAll(distinct(slice).values());
    }
    return all;
  }

  private static Map<String, PeerRecord> distinct(Slice slice) {
    Map<String, PeerRecord> distinct = new HashMap<>();
    MESSAGES.get(slice).forEach(record -> distinct.put(record.id(), record));
    return distinct;
  }
}
