package vellum.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Rating;
import vellum.v1.Submission;

final class CassandraTotalsTest {

  private static final int PARTITION = 3;
  private static final CassandraTotals.Key KEY =
      new CassandraTotals.Key(
          YearMonth.of(2026, 2), "acme", (short) Channel.SMS_VALUE, "26201", "EUR");

  private final CassandraTotals totals = new CassandraTotals();

  @Test
  void shouldAddUp() {
    // when
    totals.count(record(1), PARTITION, 10);
    totals.count(record(2), PARTITION, 11);

    // then
    assertThat(totals.changes())
        .containsExactly(
            Map.entry(KEY, new CassandraTotals.Cell(2, 4, 1_400, Map.of(PARTITION, 11L))));
    assertThat(totals.changes()).isEmpty();
  }

  @Test
  void shouldCountARecentDuplicateOnce() {
    // when
    totals.count(record(1), PARTITION, 10);
    totals.count(record(1), PARTITION, 11);

    // then
    assertThat(totals.changes())
        .containsExactly(
            Map.entry(KEY, new CassandraTotals.Cell(1, 2, 700, Map.of(PARTITION, 10L))));
  }

  @Test
  void shouldCountAnOldDuplicateTwice() {
    // given
    int offset = 0;
    totals.count(record(0), PARTITION, offset++);
    for (int other = 1; other <= CassandraTotals.REMEMBERED; other++) {
      totals.count(record(other), PARTITION, offset++);
    }

    // when
    totals.count(record(0), PARTITION, offset);

    // then
    assertThat(totals.changes().get(KEY).records()).isEqualTo(CassandraTotals.REMEMBERED + 2);
  }

  @Test
  void shouldNotCountAgainWhatWasWrittenBeforeTheRestart() {
    // given
    totals.restore(KEY, new CassandraTotals.Cell(5, 10, 3_500, Map.of(PARTITION, 20L)));

    // when
    totals.count(record(1), PARTITION, 20);
    totals.count(record(2), PARTITION, 21);

    // then
    assertThat(totals.changes())
        .containsExactly(
            Map.entry(KEY, new CassandraTotals.Cell(6, 12, 4_200, Map.of(PARTITION, 21L))));
  }

  @Test
  void shouldCountWhatAnotherPartitionHas() {
    // given
    totals.restore(KEY, new CassandraTotals.Cell(5, 10, 3_500, Map.of(PARTITION, 20L)));

    // when
    totals.count(record(1), PARTITION + 1, 7);

    // then
    assertThat(totals.changes())
        .containsExactly(
            Map.entry(
                KEY,
                new CassandraTotals.Cell(6, 12, 4_200, Map.of(PARTITION, 20L, PARTITION + 1, 7L))));
  }

  private static PeerRecord record(long low) {
    return new PeerRecord(
        new PeerRecordWriter()
            .write(
                DetailRecord.newBuilder()
                    .setRecordId(new UUID(0x019C_0000_0000_7000L, low).toString())
                    .setStartedAt(
                        com.google.protobuf.Timestamp.newBuilder().setSeconds(1_770_000_000))
                    .setAccount("acme")
                    .setChannel(Channel.SMS)
                    .setSubmission(Submission.newBuilder().setVersion(1).setMccMnc("26201"))
                    .setRating(
                        Rating.newBuilder()
                            .setVersion(1)
                            .setUnits(2)
                            .setSalePriceNanos(700)
                            .setCurrency("EUR"))
                    .build()));
  }
}
