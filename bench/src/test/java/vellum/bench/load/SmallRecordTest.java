package vellum.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;
import vellum.v1.DetailRecord;

final class SmallRecordTest {

  @Test
  void shouldKeepWhatIsBilledAndAskedFor() {
    // given
    Instant from = Instant.parse("2026-11-01T00:00:00Z");
    TrafficGenerator traffic =
        new TrafficGenerator(
            GeneratorOptions.of(7, 2_000, from, from.plusSeconds(86_400)).withShares(0, 0, 0));
    long bytes = 0;
    int records = 0;
    while (traffic.next()) {
      // when
      DetailRecord whole = traffic.record();
      DetailRecord small = SmallRecord.of(whole);
      // then
      assertThat(small.getRecordId()).isEqualTo(whole.getRecordId());
      assertThat(small.getSubmission().getRecipient())
          .isEqualTo(whole.getSubmission().getRecipient());
      assertThat(small.getRating().getSalePriceNanos())
          .isEqualTo(whole.getRating().getSalePriceNanos());
      assertThat(small.getLegsCount()).isEqualTo(whole.getLegsCount());
      assertThat(small.getSerializedSize()).isLessThan(whole.getSerializedSize());
      bytes += small.getSerializedSize();
      records++;
    }
    assertThat(records).isEqualTo(2_000);
    assertThat(bytes / records).isBetween(150L, 220L);
  }
}
